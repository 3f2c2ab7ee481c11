package org.thalweg.objective.compiled;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/** A user's own activation function with its own rule: one class and a line in {@code META-INF/services}. */
public final class Sine extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return Transforms.sin(in, false);
    }

    @Override
    public Pair<INDArray, @Nullable INDArray> backprop(INDArray in, INDArray epsilon) {
        return new Pair<>(Transforms.cos(in, true).muli(epsilon), null);
    }

    /** Compiles it. */
    public static final class Rule extends ElementwiseActivationRule<Sine> {

        public Rule() {
            super(Sine.class, function -> new Derivatives());
        }
    }

    private record Derivatives() implements ElementwiseFunction {

        @Override
        public void value(KernelContext context, Tensor x, Tensor y) {
            context.tape().function(UnaryFunction.SIN, x, y);
        }

        @Override
        public void slope(KernelContext context, Tensor x, Tensor y, Tensor slope) {
            context.tape().function(UnaryFunction.COS, x, slope);
        }

        @Override
        public void secondDerivative(KernelContext context, Tensor x, Tensor y, Tensor second) {
            context.tape().scale(-1, y, second);
        }
    }
}
