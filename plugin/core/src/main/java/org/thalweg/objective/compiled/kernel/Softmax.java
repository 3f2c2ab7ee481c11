package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/**
 * y = exp(x) / sum exp(x) over the last axis. With t = dy - &lt;y, dy&gt;: dx = y t; R y = y (R x - &lt;y, R x&gt;);
 * R dx = R y t + y (R dy - &lt;R y, dy&gt; - &lt;y, R dy&gt;).
 */
public final class Softmax implements Kernel {

    private static final String CENTRED = "centred";

    @Override
    public void forward(Site site) {
        site.tape().op("softmax").of(Ops.rows(site.input(0))).integers(1).into(Ops.rows(site.output()));
    }

    @Override
    public void backward(Site site) {
        INDArray y = Ops.rows(site.output());
        INDArray centred = site.keep(CENTRED, y.shape());
        Ops.copy(site.tape(), Ops.rows(site.outputDelta()), centred);
        subtractProjection(site, y, Ops.rows(site.outputDelta()), centred);
        Ops.multiply(site.tape(), y, centred, Ops.rows(site.inputDelta(0)));
    }

    @Override
    public void tangentForward(Site site) {
        INDArray y = Ops.rows(site.output());
        INDArray xTangent = Ops.rows(site.inputTangent(0));
        INDArray yTangent = Ops.rows(site.outputTangent());
        Ops.copy(site.tape(), xTangent, yTangent);
        subtractProjection(site, y, xTangent, yTangent);
        Ops.multiply(site.tape(), y, yTangent, yTangent);
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        INDArray y = Ops.rows(site.output());
        INDArray yTangent = Ops.rows(site.outputTangent());
        INDArray deltaTangent = Ops.rows(site.outputDeltaTangent());
        INDArray result = Ops.rows(site.inputDeltaTangent(0));
        INDArray product = site.scratch(y.shape());
        Ops.copy(tape, deltaTangent, result);
        subtractProjection(site, yTangent, Ops.rows(site.outputDelta()), result);
        subtractProjection(site, y, deltaTangent, result);
        Ops.multiply(tape, y, result, result);
        Ops.multiply(tape, yTangent, site.keep(CENTRED, y.shape()), product);
        Ops.add(tape, result, product, result);
    }

    /** target = target - &lt;a, b&gt;, a row at a time. */
    private static void subtractProjection(Site site, INDArray a, INDArray b, INDArray target) {
        INDArray product = site.scratch(a.shape());
        INDArray projection = site.scratch(a.size(0), 1);
        Ops.multiply(site.tape(), a, b, product);
        Ops.product(site.tape(), product, false, site.ones(a.size(1)), true, projection);
        Ops.subtract(site.tape(), target, projection, target);
    }
}
