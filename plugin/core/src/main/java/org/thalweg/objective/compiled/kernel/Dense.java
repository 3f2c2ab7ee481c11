package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    public void addApplied(Site site, INDArray input, INDArray weight, INDArray output) {
        Ops.product(site.tape(), input, false, weight, false, output, true);
    }

    @Override
    public void transposed(Site site, Pairing pairing, Gradients gradients) {
        if (gradients.bias() != null) {
            Ops.sumRows(site, pairing.delta(), gradients.bias());
        }
        if (gradients.weight() != null) {
            Ops.product(
                    site.tape(), pairing.input(), true, pairing.delta(), false, gradients.weight(), gradients.add());
        }
        if (gradients.input() != null) {
            Ops.product(
                    site.tape(), pairing.delta(), false, pairing.weight(), true, gradients.input(), gradients.add());
        }
    }
}
