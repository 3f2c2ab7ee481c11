package org.thalweg.krylov;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Start vectors of a Lanczos iteration: random, or given with a random vector added.
 *
 * @param given vector {@code [n]}, or vectors {@code [j, n]} whose sum is the start, or null; not modified
 */
record StartVectors(LinearOperator operator, @Nullable INDArray given) {

    /**
     * Length of the random vector that is added to a given start of unit length: eigenvectors orthogonal to the start
     * would otherwise not appear before rounding brings them in.
     */
    private static final double RANDOM_SHARE = 0.1;

    /** Length of the uniformly random part of a start vector of unit length. */
    double randomShare() {
        return given == null ? 1 : RANDOM_SHARE / (1 + RANDOM_SHARE);
    }

    /** A new start vector, of any length. */
    Vector draw(RandomVectors random) {
        VectorSpace space = operator.space();
        if (given == null) {
            return random.normal(space);
        }
        INDArray rows = given.reshape(given.length() / space.dimension(), space.dimension());
        Vector sum = space.fromArray(rows.sum(0).castTo(operator.dataType()));
        double norm = space.norm(sum);
        if (!(norm > 0) || Double.isInfinite(norm)) {
            sum.close();
            throw new IllegalArgumentException(
                    "start vectors must have a finite sum other than zero, got one of norm " + norm);
        }
        try (Vector draw = random.normal(space)) {
            space.axpy(RANDOM_SHARE * norm / space.norm(draw), draw, sum);
        }
        return sum;
    }
}
