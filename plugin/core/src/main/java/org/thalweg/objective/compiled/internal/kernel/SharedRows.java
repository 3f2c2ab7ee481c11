package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/** A parameter array as the value of each example. Only the number of examples in the input matters. */
public final class SharedRows implements Kernel {

    public static final String ROWS = "rows";

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().copy(context.weights(ROWS).value(), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        Weights rows = context.weights(ROWS);
        if (rows.trainable()) {
            sum(context, context.outputDelta(), rows.gradientTarget());
        }
        if (context.active(0)) {
            context.tape().fill(0, context.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Weights rows = context.weights(ROWS);
        if (rows.trainable()) {
            context.tape().copy(rows.tangent(), context.outputTangent());
        } else {
            context.tape().fill(0, context.outputTangent());
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Weights rows = context.weights(ROWS);
        if (rows.trainable()) {
            sum(context, context.outputDeltaTangent(), rows.gradientTangentTarget());
        }
        if (context.active(0)) {
            context.tape().fill(0, context.inputDeltaTangent(0));
        }
    }

    private static void sum(KernelContext context, Tensor examples, GradientTarget target) {
        context.sumRows(examples.reshape(examples.size(0), examples.length() / examples.size(0)), target);
    }
}
