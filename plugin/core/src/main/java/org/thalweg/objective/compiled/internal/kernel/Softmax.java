package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * y = exp(x) / sum exp(x) over the last axis. With t = dy - &lt;y, dy&gt;: dx = y t; R y = y (R x - &lt;y, R x&gt;);
 * R dx = R y t + y (R dy - &lt;R y, dy&gt; - &lt;y, R dy&gt;).
 */
public final class Softmax implements Kernel {

    private static final String CENTRED = "centred";

    @Override
    public void forward(KernelContext context) {
        context.tape().softmax(context.input(0).rows(), context.output().rows());
    }

    @Override
    public void backward(KernelContext context) {
        Tensor y = context.output().rows();
        Tensor centred = context.keep(CENTRED, y.shape());
        context.tape().copy(context.outputDelta().rows(), centred);
        subtractProjection(context, y, context.outputDelta().rows(), centred);
        context.tape().multiply(y, centred, context.inputDelta(0).rows());
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tensor y = context.output().rows();
        Tensor xTangent = context.inputTangent(0).rows();
        Tensor yTangent = context.outputTangent().rows();
        context.tape().copy(xTangent, yTangent);
        subtractProjection(context, y, xTangent, yTangent);
        context.tape().multiply(y, yTangent, yTangent);
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor y = context.output().rows();
        Tensor yTangent = context.outputTangent().rows();
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Tensor result = context.inputDeltaTangent(0).rows();
        Tensor product = context.scratch(y.shape());
        tape.copy(deltaTangent, result);
        subtractProjection(context, yTangent, context.outputDelta().rows(), result);
        subtractProjection(context, y, deltaTangent, result);
        tape.multiply(y, result, result);
        tape.multiply(yTangent, context.keep(CENTRED, y.shape()), product);
        tape.add(result, product, result);
    }

    /** target = target - &lt;a, b&gt;, row by row. */
    private static void subtractProjection(KernelContext context, Tensor a, Tensor b, Tensor target) {
        Tensor product = context.scratch(a.shape());
        Tensor projection = context.scratch(a.size(0), 1);
        context.tape().multiply(a, b, product);
        context.tape().matmul(product, false, context.ones(a.size(1)), true, projection);
        context.tape().subtract(target, projection, target);
    }
}
