package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

/** A linear combination of inputs of the same shape. */
public final class LinearCombination extends LinearKernel {

    private final double[] coefficients;

    /** @param coefficients one an input */
    public LinearCombination(double... coefficients) {
        this.coefficients = coefficients.clone();
    }

    @Override
    public int inputs() {
        return coefficients.length;
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        scaled(context.tape(), inputs.get(0), coefficients[0], output);
        for (int i = 1; i < coefficients.length; i++) {
            INDArray input = inputs.get(i);
            if (coefficients[i] == 1) {
                Ops.add(context.tape(), output, input, output);
            } else if (coefficients[i] == -1) {
                Ops.subtract(context.tape(), output, input, output);
            } else {
                INDArray part = context.scratch(output.shape());
                scaled(context.tape(), input, coefficients[i], part);
                Ops.add(context.tape(), output, part, output);
            }
        }
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        scaled(context.tape(), output, coefficients[i], input);
    }

    private static void scaled(Tape tape, INDArray x, double factor, INDArray z) {
        if (factor == 1) {
            Ops.copy(tape, x, z);
        } else {
            Ops.multiply(tape, x, Nd4j.scalar(x.dataType(), factor), z);
        }
    }
}
