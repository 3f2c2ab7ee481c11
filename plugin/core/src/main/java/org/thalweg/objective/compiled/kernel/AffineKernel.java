package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A kernel that is linear in its weights {@value #WEIGHT} plus a bias {@value #BIAS} a channel. */
public interface AffineKernel extends Kernel {

    String WEIGHT = "W";
    String BIAS = "b";

    /**
     * Records the map with other weights than the step's own.
     *
     * @param weight row-major, output channels on its last axis
     * @param bias {@code [channels]}, null for none
     */
    void apply(Site site, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output);

    @Override
    default void forward(Site site) {
        apply(
                site,
                site.input(0),
                site.weights(WEIGHT).value(),
                site.has(BIAS) ? site.weights(BIAS).value() : null,
                site.output());
    }
}
