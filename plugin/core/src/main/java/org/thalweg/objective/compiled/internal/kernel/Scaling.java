package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * y = x W + b, element by element, with x {@code [n, ...]}, W along the last axes of x (some of size 1), and an
 * optional bias b {@code [channels]}.
 */
public final class Scaling implements AffineKernel {

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        context.tape().multiply(input, weight, output);
        if (bias != null) {
            context.tape().addToRows(bias, output);
        }
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(inputs.delta().rows(), bias);
        }
        GradientTarget input = outputs.input();
        if (input != null && !input.add()) {
            context.tape().multiply(inputs.delta(), inputs.weight(), input.tensor());
        } else if (input != null) {
            Tensor product = context.scratch(inputs.delta().shape());
            context.tape().multiply(inputs.delta(), inputs.weight(), product);
            input.put(context.tape(), product);
        }
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            Tensor product = context.scratch(inputs.delta().shape());
            context.tape().multiply(inputs.input(), inputs.delta(), product);
            BroadcastSum.record(context, product, weight);
        }
    }
}
