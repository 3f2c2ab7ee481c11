package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.krylov.Vector;

/**
 * Estimates the trace and its standard error.
 *
 * @param options the estimator and the number of products
 * @since 0.2.0
 */
public record TraceEstimation(TraceOptions options) implements CurvatureEstimator<TraceEstimate> {

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public TraceEstimate estimate(NamedOperator operator, CurvaturePoint point) {
        return TraceEstimator.estimate(operator.matrix(), options);
    }

    /** Hutchinson's estimator for all layers from the same products, where the family is the layers of one matrix. */
    @Override
    public List<TraceEstimate> estimateAll(List<NamedOperator> operators, CurvaturePoint point) {
        List<LayerBlock> blocks = new ArrayList<>();
        for (NamedOperator operator : operators) {
            if (operator.matrix() instanceof LayerBlock block) {
                blocks.add(block);
            }
        }
        return blocks.isEmpty() || blocks.size() < operators.size()
                ? CurvatureEstimator.super.estimateAll(operators, point)
                : ofLayers(blocks);
    }

    /**
     * For independent signs z, the sum over a layer's elements of z (H z) has the trace of the layer's block as its
     * mean, since the other layers' terms have mean zero.
     */
    private List<TraceEstimate> ofLayers(List<LayerBlock> blocks) {
        LinearOperator whole = blocks.get(0).operator();
        List<double[]> samples = new ArrayList<>();
        TraceEstimator.forEachProbe(
                whole, options.samples(), options.seed(), (z, hz) -> samples.add(forms(blocks, z, hz)));
        List<TraceEstimate> estimates = new ArrayList<>();
        for (int layer = 0; layer < blocks.size(); layer++) {
            int at = layer;
            estimates.add(TraceEstimate.mean(
                    samples.stream().mapToDouble(forms -> forms[at]).toArray()));
        }
        return estimates;
    }

    private static double[] forms(List<LayerBlock> blocks, Vector z, Vector hz) {
        return blocks.stream().mapToDouble(block -> block.dot(z, hz)).toArray();
    }

    @Override
    public EstimateValues values(TraceEstimate trace) {
        return new EstimateValues(
                Map.of(
                        "value",
                        trace.value(),
                        "standard_error",
                        trace.standardError(),
                        "samples",
                        (double) trace.samples(),
                        "products",
                        (double) trace.products()),
                Map.of());
    }

    @Override
    public long products(TraceEstimate trace) {
        return trace.products();
    }

    @Override
    public long bytes(long n, DataType type) {
        return options.bytes(n, type);
    }
}
