package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** y = x W + b, with x {@code [n, ..., in]}, W {@code [in, out]}, b {@code [out]} or none. */
public final class Dense implements AffineKernel {

    @Override
    public boolean acceptsView(Value input) {
        return input.rank() == 1;
    }

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        context.tape().matmul(input.rows(), false, weight, false, output.rows());
        if (bias != null) {
            context.tape().addToRows(bias, output);
        }
    }

    @Override
    public void addApplied(KernelContext context, Tensor input, Tensor weight, Tensor output) {
        context.tape().matmul(input.rows(), false, weight, false, output.rows(), true);
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        Tensor delta = inputs.delta().rows();
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(delta, bias);
        }
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            context.tape().matmul(inputs.input().rows(), true, delta, false, weight.tensor(), weight.add());
        }
        GradientTarget input = outputs.input();
        if (input != null) {
            context.tape()
                    .matmul(delta, false, inputs.weight(), true, input.tensor().rows(), input.add());
        }
    }
}
