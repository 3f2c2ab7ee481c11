package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

/**
 * y = exp(x) / sum exp(x) over the last axis. With t = dy - &lt;y, dy&gt;: dx = y t; R y = y (R x - &lt;y, R x&gt;);
 * R dx = R y t + y (R dy - &lt;R y, dy&gt; - &lt;y, R dy&gt;).
 */
public final class Softmax implements Kernel {

    private static final String CENTRED = "centred";

    @Override
    public void forward(KernelContext context) {
        context.tape().op("softmax").of(Ops.rows(context.input(0))).integers(1).into(Ops.rows(context.output()));
    }

    @Override
    public void backward(KernelContext context) {
        INDArray y = Ops.rows(context.output());
        INDArray centred = context.keep(CENTRED, y.shape());
        Ops.copy(context.tape(), Ops.rows(context.outputDelta()), centred);
        subtractProjection(context, y, Ops.rows(context.outputDelta()), centred);
        Ops.multiply(context.tape(), y, centred, Ops.rows(context.inputDelta(0)));
    }

    @Override
    public void tangentForward(KernelContext context) {
        INDArray y = Ops.rows(context.output());
        INDArray xTangent = Ops.rows(context.inputTangent(0));
        INDArray yTangent = Ops.rows(context.outputTangent());
        Ops.copy(context.tape(), xTangent, yTangent);
        subtractProjection(context, y, xTangent, yTangent);
        Ops.multiply(context.tape(), y, yTangent, yTangent);
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        INDArray y = Ops.rows(context.output());
        INDArray yTangent = Ops.rows(context.outputTangent());
        INDArray deltaTangent = Ops.rows(context.outputDeltaTangent());
        INDArray result = Ops.rows(context.inputDeltaTangent(0));
        INDArray product = context.scratch(y.shape());
        Ops.copy(tape, deltaTangent, result);
        subtractProjection(context, yTangent, Ops.rows(context.outputDelta()), result);
        subtractProjection(context, y, deltaTangent, result);
        Ops.multiply(tape, y, result, result);
        Ops.multiply(tape, yTangent, context.keep(CENTRED, y.shape()), product);
        Ops.add(tape, result, product, result);
    }

    /** target = target - &lt;a, b&gt;, a row at a time. */
    private static void subtractProjection(KernelContext context, INDArray a, INDArray b, INDArray target) {
        INDArray product = context.scratch(a.shape());
        INDArray projection = context.scratch(a.size(0), 1);
        Ops.multiply(context.tape(), a, b, product);
        Ops.product(context.tape(), product, false, context.ones(a.size(1)), true, projection);
        Ops.subtract(context.tape(), target, projection, target);
    }
}
