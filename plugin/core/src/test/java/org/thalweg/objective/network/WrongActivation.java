package org.thalweg.objective.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** tanh whose derivative somebody got wrong: 1 - tanh instead of 1 - tanh^2. */
final class WrongActivation extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return Transforms.tanh(in, false);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        return new Pair<>(Transforms.tanh(in, true).rsubi(1).muli(epsilon), null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrongActivation;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
