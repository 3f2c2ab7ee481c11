package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.krylov.Vector;
import org.thalweg.objective.ParameterLayout;

/** Looks at the diagonal blocks of an operator, one a layer. */
final class LayerSurvey {

    private LayerSurvey() {}

    /**
     * The extreme eigenvalues of all blocks, and their traces.
     *
     * @param lanczos tolerance, budgets
     * @param trace its samples serve all layers at once; empty for no traces
     */
    static List<LayerReport> of(
            ParameterLayout layout, LinearOperator operator, LanczosOptions lanczos, Optional<TraceOptions> trace) {
        List<LayerBlock> blocks = LayerBlock.of(layout, operator);
        Optional<List<TraceEstimate>> traces = trace.map(how -> traces(blocks, operator, how));
        List<LayerReport> reports = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            LayerBlock block = blocks.get(i);
            int at = i;
            LanczosResult ends = new Lanczos(lanczos.withEnds(1, 1).withEigenvectors(false)).run(block);
            reports.add(new LayerReport(
                    block.layer(),
                    block.dimension(),
                    ends.largest().get(0),
                    ends.smallest().get(0),
                    traces.map(all -> all.get(at))));
        }
        return reports;
    }

    /**
     * Hutchinson's estimator of every block from the same products: for independent signs z, the sum over a layer's
     * elements of z (H z) has the trace of the layer's block as its mean, since what other layers add has mean zero.
     */
    private static List<TraceEstimate> traces(List<LayerBlock> blocks, LinearOperator operator, TraceOptions how) {
        List<double[]> samples = new ArrayList<>();
        TraceEstimator.forEachProbe(operator, how.samples(), how.seed(), (z, hz) -> samples.add(forms(blocks, z, hz)));
        return IntStream.range(0, blocks.size())
                .mapToObj(layer -> TraceEstimate.mean(
                        samples.stream().mapToDouble(forms -> forms[layer]).toArray()))
                .toList();
    }

    private static double[] forms(List<LayerBlock> blocks, Vector z, Vector hz) {
        return blocks.stream().mapToDouble(block -> block.dot(z, hz)).toArray();
    }
}
