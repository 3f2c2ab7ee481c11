package org.thalweg.objective.compiled;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * An operand of a step.
 *
 * @param name given by the step
 * @param operand what it is
 * @param layer of the step, for messages
 * @param parameters hold its numbers
 * @param pass the backward pass that is being recorded, null outside of one
 */
record StepWeights(
        String name, Operand operand, String layer, ParameterStore parameters, Supplier<@Nullable GradientSums> pass)
        implements Weights {

    @Override
    public boolean trainable() {
        return parameters.trainable(operand);
    }

    @Override
    public Tensor value() {
        return trainable() ? parameters.parameter(operand, Role.VALUE) : parameters.constant(operand);
    }

    @Override
    public Tensor tangent() {
        requireTrainable();
        return parameters.parameter(operand, Role.TANGENT);
    }

    @Override
    public Tensor gradient() {
        return sums().share(name, operand);
    }

    @Override
    public GradientTarget gradientTarget() {
        return sums().target(name, operand);
    }

    @Override
    public Tensor gradientTangent() {
        return sums().share(name, operand);
    }

    @Override
    public GradientTarget gradientTangentTarget() {
        return sums().target(name, operand);
    }

    private GradientSums sums() {
        requireTrainable();
        GradientSums sums = pass.get();
        if (sums == null) {
            throw new IllegalStateException(
                    layer + " asks for a gradient of " + name + " outside of backward and tangentBackward");
        }
        return sums;
    }

    private void requireTrainable() {
        if (!trainable()) {
            throw new IllegalStateException("a constant has no gradient and no direction: " + name + " of " + layer);
        }
    }
}
