package org.thalweg.objective.compiled.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.op.Tape;

/** A linear combination of inputs of the same shape. */
public final class Sum extends LinearKernel {

    private final double[] coefficients;

    /** @param coefficients one an input */
    public Sum(double... coefficients) {
        this.coefficients = coefficients.clone();
    }

    @Override
    int inputs() {
        return coefficients.length;
    }

    @Override
    void map(Site site, List<INDArray> inputs, INDArray output) {
        scaled(site.tape(), inputs.get(0), coefficients[0], output);
        for (int i = 1; i < coefficients.length; i++) {
            INDArray input = inputs.get(i);
            if (coefficients[i] == 1) {
                Ops.add(site.tape(), output, input, output);
            } else if (coefficients[i] == -1) {
                Ops.subtract(site.tape(), output, input, output);
            } else {
                INDArray part = site.scratch(output.shape());
                scaled(site.tape(), input, coefficients[i], part);
                Ops.add(site.tape(), output, part, output);
            }
        }
    }

    @Override
    void transposed(Site site, INDArray output, int i, INDArray input) {
        scaled(site.tape(), output, coefficients[i], input);
    }

    private static void scaled(Tape tape, INDArray x, double factor, INDArray z) {
        if (factor == 1) {
            Ops.copy(tape, x, z);
        } else {
            Ops.multiply(tape, x, Nd4j.scalar(x.dataType(), factor), z);
        }
    }
}
