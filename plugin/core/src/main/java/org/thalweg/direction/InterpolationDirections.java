package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Delta leads from the parameters, at alpha = 0, straight to those of another network of the same architecture, at
 * alpha = 1 (I. Goodfellow, O. Vinyals and A. Saxe, "Qualitatively characterizing neural network optimization
 * problems", ICLR 2015). Eta is any other direction.
 *
 * @param other packed, {@code [P]}; not modified
 * @param across the source of eta
 * @since 0.2.0
 */
public record InterpolationDirections(INDArray other, DirectionSource across) implements DirectionSource {

    @Override
    public DirectionPair at(DirectionContext context) {
        INDArray delta = Differences.of("the other model", other, context.theta());
        DirectionPair pair = across.at(context);
        pair.delta().close();
        return new DirectionPair(delta, pair.eta());
    }

    @Override
    public boolean usesFirstFrame() {
        return across.usesFirstFrame();
    }

    @Override
    public int workingVectors() {
        return across.workingVectors();
    }

    @Override
    public String describe() {
        return "to another model, and across: " + across.describe();
    }
}
