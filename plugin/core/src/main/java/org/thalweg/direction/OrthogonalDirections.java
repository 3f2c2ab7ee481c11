package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/** Directions of any kind after a step of Gram and Schmidt: eta loses its component along delta. */
record OrthogonalDirections(DirectionSource source) implements DirectionSource {

    /** A smaller share of eta outside delta is rounding. */
    private static final double PARALLEL = 1e-6;

    @Override
    public DirectionPair at(DirectionContext context) {
        DirectionPair pair = source.at(context);
        double before = InnerProducts.norm(pair.eta());
        // Twice is enough: the rounding errors of the first step are relative to the component that it removes.
        remove(pair);
        remove(pair);
        double after = InnerProducts.norm(pair.eta());
        if (!(after > PARALLEL * before)) {
            throw new IllegalArgumentException(
                    "the two directions are parallel and span no plane: the second has no component outside the first");
        }
        return pair;
    }

    private static void remove(DirectionPair pair) {
        double share = InnerProducts.dot(pair.delta(), pair.eta()) / InnerProducts.dot(pair.delta(), pair.delta());
        try (INDArray along = pair.delta().mul(share)) {
            pair.eta().subi(along);
        }
    }

    @Override
    public boolean usesFirstFrame() {
        return source.usesFirstFrame();
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
