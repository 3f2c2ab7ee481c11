package org.thalweg.objective.compiled.kernel;

/**
 * An affine kernel with the {@link RunningNorm} after it, as one affine map: weights are scaled instead of activations,
 * and no pass over images is left of the normalization, neither in the value nor in any derivative.
 *
 * @param affine the kernel before
 */
public record FoldedNorm(AffineKernel affine) implements Kernel {

    @Override
    public void forward(Site site) {
        Folding folding = new Folding(site);
        folding.fold();
        affine.forward(site, folding.coefficients());
    }

    @Override
    public void backward(Site site) {
        Folding folding = new Folding(site);
        affine.backward(site, folding.coefficients());
        folding.unfoldGradients();
    }

    @Override
    public void tangentForward(Site site) {
        Folding folding = new Folding(site);
        folding.foldTangents();
        affine.tangentForward(site, folding.coefficients());
    }

    @Override
    public void tangentBackward(Site site) {
        Folding folding = new Folding(site);
        affine.tangentBackward(site, folding.coefficients());
        folding.unfoldGradientTangents();
    }
}
