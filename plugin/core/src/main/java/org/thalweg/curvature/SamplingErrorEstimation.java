package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;

/**
 * Standard errors of the Hessian's eigenvalues and trace as estimates for all data that the probe was drawn from. For a unit
 * eigenvector v, v^T H v is the mean of v^T H_b v over the probe's batches b, so its standard error is their standard deviation over
 * the root of their number (L. Tatzel, B. Mucsanyi, O. Hackel and P. Hennig, "Debiasing mini-batch quadratics for applications in
 * deep learning", 2024, arXiv 2410.14325, section 3). It does not show the bias that they describe: v is fitted to the probe,
 * which makes v^T H v too large in size; the curvature along v on held-out examples has no such bias.
 *
 * <p>One product for each eigenvalue, and {@value #TRACE_SAMPLES} for the trace. Works on {@link CurvatureOperator#BATCHES} alone.
 *
 * @param ends the estimator of the eigenvalues
 * @param trace the estimator of the trace, if it is requested
 * @since 0.2.0
 */
public record SamplingErrorEstimation(ExtremeEigenvalues ends, Optional<TraceOptions> trace)
        implements CurvatureEstimator<SamplingErrors> {

    /** All batches share the random vectors, so a few are enough to compare batches. */
    private static final int TRACE_SAMPLES = 10;

    @Override
    public String name() {
        return "sampling_errors";
    }

    @Override
    public SamplingErrors estimate(NamedOperator operator, CurvaturePoint point) {
        if (!(operator.matrix() instanceof PartedHessian batches)) {
            throw new AbsentException("batches: " + operator.name() + " is not a mean over batches of the probe");
        }
        LanczosResult found = point.found(CurvatureOperator.HESSIAN.name(), ends)
                .orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
        double[] eigenvalues = Stream.concat(found.largest().stream(), found.smallest().stream())
                .map(EigenPair::vector)
                .mapToDouble(v -> v == null ? Double.NaN : SamplingErrors.standardError(batches.forms(v)))
                .toArray();
        OptionalDouble ofTrace = trace.isPresent()
                ? OptionalDouble.of(ofTrace(batches, trace.get().seed()))
                : OptionalDouble.empty();
        return new SamplingErrors(eigenvalues, ofTrace, eigenvalues.length + (trace.isPresent() ? TRACE_SAMPLES : 0));
    }

    private static double ofTrace(PartedHessian batches, long seed) {
        List<double[]> forms = new ArrayList<>();
        // The products of the identity: the vectors alone.
        LinearOperator identity = LinearOperator.of(batches.space().dimension(), batches.dataType(), INDArray::dup);
        TraceEstimator.forEachProbe(
                identity,
                TRACE_SAMPLES,
                seed,
                (z, same) -> forms.add(batches.forms(identity.space().toArray(same))));
        double[] means = new double[batches.parts().size()];
        Arrays.setAll(
                means, b -> forms.stream().mapToDouble(of -> of[b]).average().orElseThrow());
        return SamplingErrors.standardError(means);
    }

    @Override
    public EstimateValues values(SamplingErrors errors) {
        return new EstimateValues(
                Map.of("products", (double) errors.products()), Map.of("eigenvalues", errors.eigenvalues()));
    }

    @Override
    public long products(SamplingErrors errors) {
        return errors.products();
    }

    @Override
    public long bytes(long n, DataType type) {
        return 2 * n * type.width();
    }
}
