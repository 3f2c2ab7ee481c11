package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterLayout;

/** Directions of any kind, scaled to the weights. */
final class ScaledDirections implements DirectionSource {

    private final DirectionSource source;
    private final DirectionOptions options;
    private final DirectionScale scale;

    ScaledDirections(DirectionSource source, DirectionOptions options) {
        this.source = source;
        this.options = options;
        this.scale = new DirectionScale(options);
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        DirectionPair pair = source.at(context);
        ParameterLayout layout = context.objective().layout();
        INDArray reference = scale.reference(context.theta());
        scale.apply(layout, pair.delta(), reference);
        scale.apply(layout, pair.eta(), reference);
        return pair;
    }

    @Override
    public void freezeAt(INDArray theta) {
        source.freezeAt(theta);
        scale.freezeAt(theta);
    }

    @Override
    public boolean isFrozen() {
        return source.isFrozen() || options.scaleReference() == ScaleReference.FIRST;
    }

    @Override
    public int workingVectors() {
        return source.workingVectors();
    }

    @Override
    public String describe() {
        return source.describe() + ", " + options.describe();
    }
}
