package org.thalweg.objective.compiled.kernel;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Inverted dropout with a mask drawn once: each element is kept with a probability, and then divided by it. */
public final class Dropout extends LinearKernel {

    private final double retain;

    /** @param retain probability of keeping an element, in (0, 1] */
    public Dropout(double retain) {
        this.retain = retain;
    }

    @Override
    int inputs() {
        return 1;
    }

    @Override
    void map(Site site, List<INDArray> inputs, INDArray output) {
        Ops.multiply(site.tape(), inputs.get(0), mask(site), output);
    }

    @Override
    void transposed(Site site, INDArray output, int i, INDArray input) {
        Ops.multiply(site.tape(), output, mask(site), input);
    }

    private INDArray mask(Site site) {
        return site.permanent("mask", () -> {
            INDArray input = site.input(0);
            double[] mask = new double[(int) input.length()];
            SplittableRandom random = site.random();
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextDouble() < retain ? 1 / retain : 0;
            }
            return Nd4j.createFromArray(mask).castTo(input.dataType()).reshape('c', input.shape());
        });
    }
}
