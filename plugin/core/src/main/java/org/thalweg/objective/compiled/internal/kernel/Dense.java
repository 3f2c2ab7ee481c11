package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;

/** y = x W + b, with x {@code [n, in]}, W {@code [in, out]}, b {@code [out]} or none. */
public final class Dense implements AffineKernel {

    @Override
    public void apply(
            KernelContext context, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output) {
        Ops.product(context.tape(), input, false, weight, false, output);
        if (bias != null) {
            Ops.addToRows(context.tape(), output, bias);
        }
    }

    @Override
    public void addApplied(KernelContext context, INDArray input, INDArray weight, INDArray output) {
        Ops.product(context.tape(), input, false, weight, false, output, true);
    }

    @Override
    public void transposed(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients) {
        if (gradients.bias() != null) {
            Ops.sumRows(context, pairing.delta(), gradients.bias());
        }
        if (gradients.weight() != null) {
            Ops.product(
                    context.tape(), pairing.input(), true, pairing.delta(), false, gradients.weight(), gradients.add());
        }
        if (gradients.input() != null) {
            Ops.product(
                    context.tape(), pairing.delta(), false, pairing.weight(), true, gradients.input(), gradients.add());
        }
    }
}
