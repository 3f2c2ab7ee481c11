package org.thalweg.curvature;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LanczosResult;

/**
 * Eigenvalues at both ends of the spectrum, by Lanczos.
 *
 * @param options how many, how exactly, at what cost; of a smaller matrix at most as many as it has
 * @since 0.2.0
 */
public record ExtremeEigenvalues(LanczosOptions options) implements CurvatureEstimator<LanczosResult> {

    @Override
    public String name() {
        return "eigenvalues";
    }

    @Override
    public LanczosResult estimate(NamedOperator operator, CurvaturePoint point) {
        return new Lanczos(fitted(operator.matrix().dimension()))
                .run(operator.matrix(), point.start(operator.matrix()));
    }

    private LanczosOptions fitted(long n) {
        int largest = (int) Math.min(options.largest(), n);
        int smallest = (int) Math.min(options.smallest(), n);
        return options.withEnds(largest, smallest);
    }

    @Override
    public EstimateValues values(LanczosResult found) {
        List<EigenPair> pairs = Stream.concat(found.largest().stream(), found.smallest().stream())
                .toList();
        return new EstimateValues(
                Map.of(
                        "largest", (double) found.largest().size(),
                        "smallest", (double) found.smallest().size(),
                        "products", (double) found.info().products()),
                Map.of(
                        "eigenvalues",
                                pairs.stream().mapToDouble(EigenPair::value).toArray(),
                        "residuals",
                                pairs.stream().mapToDouble(EigenPair::residual).toArray(),
                        "converged",
                                pairs.stream()
                                        .mapToDouble(pair -> pair.converged() ? 1 : 0)
                                        .toArray()));
    }

    @Override
    public long products(LanczosResult found) {
        return found.info().products();
    }

    @Override
    public long bytes(long n, DataType type) {
        return fitted(n).smallestBytes(n, type);
    }
}
