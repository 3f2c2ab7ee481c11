package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/** y = x W + b, with x {@code [n, in]}, W {@code [in, out]}, b {@code [out]} or none. */
public final class Dense implements AffineKernel {

    @Override
    public void apply(Site site, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output) {
        Ops.product(site.tape(), input, false, weight, false, output);
        if (bias != null) {
            Ops.addToRows(site.tape(), output, bias);
        }
    }

    @Override
    public void backward(Site site) {
        Tape tape = site.tape();
        Weights weight = site.weights(WEIGHT);
        INDArray delta = site.outputDelta();
        if (weight.trainable()) {
            Ops.product(tape, site.input(0), true, delta, false, weight.gradient());
        }
        if (site.has(BIAS) && site.weights(BIAS).trainable()) {
            Ops.sumRows(site, delta, site.weights(BIAS).gradient());
        }
        if (site.active(0)) {
            Ops.product(tape, delta, false, weight.value(), true, site.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(Site site) {
        Tape tape = site.tape();
        Weights weight = site.weights(WEIGHT);
        INDArray tangent = site.outputTangent();
        if (weight.trainable()) {
            Ops.product(tape, site.input(0), false, weight.tangent(), false, tangent);
            if (site.active(0)) {
                Ops.addProduct(tape, site.inputTangent(0), false, weight.value(), false, tangent);
            }
        } else {
            Ops.product(tape, site.inputTangent(0), false, weight.value(), false, tangent);
        }
        if (site.has(BIAS) && site.weights(BIAS).trainable()) {
            Ops.addToRows(tape, tangent, site.weights(BIAS).tangent());
        }
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        Weights weight = site.weights(WEIGHT);
        INDArray deltaTangent = site.outputDeltaTangent();
        if (weight.trainable()) {
            Ops.product(tape, site.input(0), true, deltaTangent, false, weight.gradientTangent());
            if (site.active(0)) {
                Ops.addProduct(tape, site.inputTangent(0), true, site.outputDelta(), false, weight.gradientTangent());
            }
        }
        if (site.has(BIAS) && site.weights(BIAS).trainable()) {
            Ops.sumRows(site, deltaTangent, site.weights(BIAS).gradientTangent());
        }
        if (site.active(0)) {
            Ops.product(tape, deltaTangent, false, weight.value(), true, site.inputDeltaTangent(0));
            if (weight.trainable()) {
                Ops.addProduct(tape, site.outputDelta(), false, weight.tangent(), true, site.inputDeltaTangent(0));
            }
        }
    }
}
