package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterLayout;

/** Directions of any kind, scaled to the weights. */
record ScaledDirections(DirectionSource source, DirectionOptions options) implements DirectionSource {

    @Override
    public DirectionPair at(DirectionContext context) {
        DirectionPair pair = source.at(context);
        ParameterLayout layout = context.objective().layout();
        INDArray reference = context.reference(options.scaleReference());
        DirectionScale.apply(options, layout, pair.delta(), reference);
        DirectionScale.apply(options, layout, pair.eta(), reference);
        return pair;
    }

    @Override
    public boolean usesFirstFrame() {
        return source.usesFirstFrame() || options.scaleReference() == ScaleReference.FIRST;
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
