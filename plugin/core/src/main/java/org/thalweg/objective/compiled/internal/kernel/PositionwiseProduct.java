package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * y_p = x_p W_p + b, with a separate matrix at each position: x {@code [n, positions, in]}, W
 * {@code [positions, in, out]}.
 */
public final class PositionwiseProduct implements AffineKernel {

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        context.tape().matmul(byPosition(input), false, weight, false, byPosition(output));
        if (bias != null) {
            context.tape().addToRows(bias, output);
        }
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        Tensor delta = byPosition(inputs.delta());
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(inputs.delta().rows(), bias);
        }
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            context.tape().matmul(byPosition(inputs.input()), true, delta, false, weight.tensor(), weight.add());
        }
        GradientTarget input = outputs.input();
        if (input != null) {
            context.tape().matmul(delta, false, inputs.weight(), true, byPosition(input.tensor()), input.add());
        }
    }

    private static Tensor byPosition(Tensor tensor) {
        return tensor.permute(1, 0, 2);
    }
}
