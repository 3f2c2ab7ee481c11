package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/**
 * A kernel that is linear in its weights with the {@link RunningNorm} after it, as one: weights are scaled instead of
 * activations. For the value alone.
 *
 * @param affine the kernel before
 */
public record FoldedNorm(AffineKernel affine) implements Kernel {

    @Override
    public void forward(Site site) {
        Tape tape = site.tape();
        INDArray weight = site.weights(AffineKernel.WEIGHT).value();
        INDArray precision = site.weights(RunningNorm.PRECISION).value();
        INDArray scale = site.scratch(precision.shape());
        INDArray bias = site.scratch(precision.shape());
        INDArray scaled = site.scratch(weight.shape());
        Ops.multiply(tape, site.weights(RunningNorm.GAMMA).value(), precision, scale);
        Ops.multiply(tape, Ops.rows(weight), scale, Ops.rows(scaled));
        Ops.multiply(tape, site.weights(RunningNorm.MEAN).value(), scale, bias);
        Ops.subtract(tape, site.weights(RunningNorm.BETA).value(), bias, bias);
        if (site.has(AffineKernel.BIAS)) {
            Ops.multiply(tape, site.weights(AffineKernel.BIAS).value(), scale, scale);
            Ops.add(tape, bias, scale, bias);
        }
        affine.apply(site, site.input(0), scaled, bias, site.output());
    }

    @Override
    public void backward(Site site) {
        throw valueOnly();
    }

    @Override
    public void tangentForward(Site site) {
        throw valueOnly();
    }

    @Override
    public void tangentBackward(Site site) {
        throw valueOnly();
    }

    private static IllegalStateException valueOnly() {
        return new IllegalStateException("weights with a normalization folded in have no derivatives of their own");
    }
}
