package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Vectors;

/** Directions of any kind after a step of Gram and Schmidt: eta loses what it has along delta, and keeps the rest. */
final class OrthogonalDirections implements DirectionSource {

    /** Less than this share of eta beside delta is rounding. */
    private static final double PARALLEL = 1e-6;

    private final DirectionSource source;

    OrthogonalDirections(DirectionSource source) {
        this.source = source;
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        DirectionPair pair = source.at(context);
        double before = Vectors.norm(pair.eta());
        // Twice is enough: the first step leaves rounding errors of the size of what it took away.
        remove(pair);
        remove(pair);
        double after = Vectors.norm(pair.eta());
        if (!(after > PARALLEL * before)) {
            throw new IllegalArgumentException(
                    "the two directions are parallel and span no plane: nothing is left of the second beside the first");
        }
        return pair;
    }

    private static void remove(DirectionPair pair) {
        double share = Vectors.dot(pair.delta(), pair.eta()) / Vectors.dot(pair.delta(), pair.delta());
        try (INDArray along = pair.delta().mul(share)) {
            pair.eta().subi(along);
        }
    }

    @Override
    public void freezeAt(INDArray theta) {
        source.freezeAt(theta);
    }

    @Override
    public boolean isFrozen() {
        return source.isFrozen();
    }

    @Override
    public int workingVectors() {
        return source.workingVectors();
    }

    @Override
    public String describe() {
        return source.describe() + ", orthogonalized";
    }
}
