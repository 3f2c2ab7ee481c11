package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;

/**
 * An affine kernel and the {@link RunningBatchNorm} after it as one affine map. Weights are scaled instead of
 * activations, so the normalization needs no pass over images, neither for the value nor for any derivative.
 *
 * @param affine the kernel before the normalization the normalization
 */
public record FoldedBatchNorm(AffineKernel affine) implements Kernel {

    @Override
    public void forward(KernelContext context) {
        BatchNormFolding folding = new BatchNormFolding(context);
        folding.fold();
        affine.forward(context, folding.coefficients());
    }

    @Override
    public void backward(KernelContext context) {
        BatchNormFolding folding = new BatchNormFolding(context);
        affine.backward(context, folding.coefficients());
        folding.unfoldGradients();
    }

    @Override
    public void tangentForward(KernelContext context) {
        BatchNormFolding folding = new BatchNormFolding(context);
        folding.foldTangents();
        affine.tangentForward(context, folding.coefficients());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        BatchNormFolding folding = new BatchNormFolding(context);
        affine.tangentBackward(context, folding.coefficients());
        folding.unfoldGradientTangents();
    }
}
