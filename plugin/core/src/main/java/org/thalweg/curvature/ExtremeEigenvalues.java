package org.thalweg.curvature;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;

/**
 * Computes eigenvalues at both ends of the spectrum.
 *
 * @param query number at each end; for a smaller matrix, at most its dimension
 * @param lanczos the algorithm and its accuracy
 * @param budget limits on its cost
 * @since 0.2.0
 */
public record ExtremeEigenvalues(EigenvalueQuery query, Lanczos lanczos, KrylovBudget budget)
        implements CurvatureEstimator<LanczosResult> {

    public ExtremeEigenvalues {
        lanczos.requireRoomFor(query);
    }

    @Override
    public String name() {
        return "eigenvalues";
    }

    /** The same estimator for other eigenvalues. */
    public ExtremeEigenvalues withQuery(EigenvalueQuery query) {
        return new ExtremeEigenvalues(query, lanczos, budget);
    }

    /** The same estimator, with eigenvectors. */
    public ExtremeEigenvalues withEigenvectors() {
        return withQuery(query.withEigenvectors(true));
    }

    @Override
    public LanczosResult estimate(NamedOperator operator, CurvaturePoint point) {
        LinearOperator matrix = operator.matrix();
        return lanczos.run(matrix, query.within(matrix.dimension()), budget, point.start(matrix));
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
        return Lanczos.smallestBytes(query.within(n), n, type);
    }

    /** Bytes of the basis for n parameters; 0 where not even the smallest fits the memory budget. */
    long bytesWithin(long n, DataType type) {
        return lanczos.bytesWithin(query, budget, n, type);
    }
}
