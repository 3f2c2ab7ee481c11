package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A relu whose slope below zero is drawn (B. Xu et al., "Empirical evaluation of rectified activations in convolutional
 * network", 2015): for each element while the network trains, otherwise the mean. Below zero DL4J itself predicts the
 * mean slope, not its product with the input.
 */
public final class RandomReluRule implements ActivationRule {

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return Set.of(ActivationRReLU.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        ActivationRReLU random = (ActivationRReLU) function;
        double lower = random.getL();
        double upper = random.getU();
        if (scope.mode() != ObjectiveMode.TRAINING) {
            return scope.elementwise(
                    kernel(ElementwiseFunction.of(UnaryFunction.LEAKY_RELU, (lower + upper) / 2)), input);
        }
        Value positive = scope.elementwise(kernel(ElementwiseFunction.of(UnaryFunction.RELU)), input);
        Value negative = scope.combine(List.of(input, positive), 1, -1);
        Value drawn = scope.noisy(negative, (draws, channels, factors, summands) -> {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = lower + (upper - lower) * draws.nextDouble();
            }
        });
        return scope.combine(List.of(positive, drawn), 1, 1);
    }

    private static ElementwiseKernel kernel(ElementwiseFunction function) {
        return new ElementwiseKernel(function);
    }
}
