package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** A linear combination of inputs of one shape; axes of size 1 are broadcast. */
public final class LinearCombination extends LinearKernel {

    private final double[] coefficients;

    /** @param coefficients one per input */
    public LinearCombination(double... coefficients) {
        super(coefficients.length);
        this.coefficients = coefficients.clone();
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        Tape tape = context.tape();
        boolean sum = coefficients.length > 1 && coefficients[0] == 1 && coefficients[1] == 1;
        if (sum) {
            tape.add(inputs.get(0), inputs.get(1), output);
        } else {
            scaled(tape, inputs.get(0), coefficients[0], output);
        }
        for (int i = sum ? 2 : 1; i < coefficients.length; i++) {
            Tensor input = inputs.get(i);
            if (coefficients[i] == 1) {
                tape.add(output, input, output);
            } else if (coefficients[i] == -1) {
                tape.subtract(output, input, output);
            } else {
                Tensor part = context.scratch(output.shape());
                scaled(tape, input, coefficients[i], part);
                tape.add(output, part, output);
            }
        }
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        if (input.length() == output.length()) {
            scaled(context.tape(), output, coefficients[i], input);
            return;
        }
        BroadcastSum.record(context, output, new GradientTarget(input, false));
        if (coefficients[i] != 1) {
            context.tape().scale(coefficients[i], input, input);
        }
    }

    private static void scaled(Tape tape, Tensor x, double factor, Tensor z) {
        if (factor == 1) {
            tape.copy(x, z);
        } else if (x.length() != z.length()) {
            tape.copy(x, z);
            tape.scale(factor, z, z);
        } else {
            tape.scale(factor, x, z);
        }
    }
}
