package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * From the parameters that are looked at, at alpha = 0, straight to those of another network of the same architecture, at
 * alpha = 1 (I. Goodfellow, O. Vinyals and A. Saxe, "Qualitatively characterizing neural network optimization problems",
 * ICLR 2015); across that line, any other direction.
 */
public final class InterpolationDirections implements DirectionSource {

    private final INDArray other;
    private final DirectionSource across;

    /**
     * @param other packed, {@code [P]}; not modified
     * @param across whose eta is the second direction
     */
    public InterpolationDirections(INDArray other, DirectionSource across) {
        this.other = other;
        this.across = across;
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        INDArray delta = Differences.of("the other model", other, context.theta());
        DirectionPair pair = across.at(context);
        pair.delta().close();
        return new DirectionPair(delta, pair.eta());
    }

    @Override
    public void freezeAt(INDArray theta) {
        across.freezeAt(theta);
    }

    @Override
    public boolean isFrozen() {
        return across.isFrozen();
    }

    @Override
    public int workingVectors() {
        return across.workingVectors();
    }

    @Override
    public String describe() {
        return "to another model, and across it: " + across.describe();
    }
}
