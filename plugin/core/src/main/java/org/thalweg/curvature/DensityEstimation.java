package org.thalweg.curvature;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.SpectralDensityEstimator;
import org.thalweg.krylov.SpectralDensityOptions;

/**
 * Estimates the distribution of the eigenvalues.
 *
 * @param options number of products and smoothness
 * @since 0.2.0
 */
public record DensityEstimation(SpectralDensityOptions options) implements CurvatureEstimator<SpectralDensity> {

    @Override
    public String name() {
        return "density";
    }

    @Override
    public SpectralDensity estimate(NamedOperator operator, CurvaturePoint point) {
        return SpectralDensityEstimator.estimate(operator.matrix(), options);
    }

    @Override
    public EstimateValues values(SpectralDensity density) {
        return new EstimateValues(
                Map.of(
                        "kernel_width", density.kernelWidth(),
                        "mean", density.mean(),
                        "mean_standard_error", density.meanStandardError(),
                        "variance", density.variance(),
                        "variance_standard_error", density.varianceStandardError(),
                        "products", (double) density.products()),
                Map.of("lambda", density.lambda(), "density", density.density()));
    }

    @Override
    public long products(SpectralDensity density) {
        return density.products();
    }

    @Override
    public long bytes(long n, DataType type) {
        return options.bytes(n, type);
    }
}
