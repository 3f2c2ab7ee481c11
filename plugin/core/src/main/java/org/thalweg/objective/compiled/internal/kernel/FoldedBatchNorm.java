package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;

/**
 * An affine kernel with the {@link RunningBatchNorm} after it, as one affine map: weights are scaled instead of activations,
 * and no pass over images is left of the normalization, neither in the value nor in any derivative.
 *
 * @param affine the kernel before
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
