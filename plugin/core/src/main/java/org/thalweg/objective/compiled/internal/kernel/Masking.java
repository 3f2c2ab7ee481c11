package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/**
 * y = x m, with a mask m of x's first axes as the second input. Masks are piecewise constant, so the derivative is zero
 * even if a mask depends on a parameter.
 */
public final class Masking implements Kernel {

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().multiply(context.input(0), mask(context), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        if (context.active(0)) {
            context.tape().multiply(context.outputDelta(), mask(context), context.inputDelta(0));
        }
        if (context.active(1)) {
            context.tape().fill(0, context.inputDelta(1));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        context.tape().multiply(context.inputTangent(0), mask(context), context.outputTangent());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        if (context.active(0)) {
            context.tape().multiply(context.outputDeltaTangent(), mask(context), context.inputDeltaTangent(0));
        }
        if (context.active(1)) {
            context.tape().fill(0, context.inputDeltaTangent(1));
        }
    }

    /** The mask with axes of size 1 in place of the missing ones. */
    private static Tensor mask(KernelContext context) {
        Tensor mask = context.input(1);
        long[] shape = new long[context.output().rank()];
        Arrays.fill(shape, 1);
        System.arraycopy(mask.shape(), 0, shape, 0, mask.rank());
        return mask.reshape(shape);
    }
}
