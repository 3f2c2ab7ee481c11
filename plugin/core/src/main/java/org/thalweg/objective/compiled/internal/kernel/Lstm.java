package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;

/**
 * Long short-term memory over whole sequences, x {@code [n, time, in]} to h {@code [n, time, size]}. With gates in the order
 * i, f, o, g of the columns of z = x W + h' RW + b, and ' for the step before,
 *
 * <pre>
 *   i = tanh(z_i)    f, o, g = sigmoid(z_f, z_o, z_g)
 *   c = f c' + g i   h = o tanh(c)
 * </pre>
 *
 * <p>The same as the steps of a program one by one, of which this leaves in order only what has to be: each product whose
 * factors are known for all steps is a single one over all of them, which is faster several times.
 *
 * @param backwards whether the last step comes first
 */
public record Lstm(boolean backwards) implements Kernel {

    /** Weights of the input, {@code [in, 4 size]}. */
    public static final String INPUT = "W";
    /** Weights of the output of the step before, {@code [size, 4 size]}. */
    public static final String RECURRENT = "RW";
    /** {@code [4 size]}. */
    public static final String BIAS = "b";

    @Override
    public void forward(KernelContext context) {
        new LstmValues(new LstmSteps(context, backwards)).forward();
    }

    @Override
    public void backward(KernelContext context) {
        new LstmValues(new LstmSteps(context, backwards)).backward();
    }

    @Override
    public void tangentForward(KernelContext context) {
        new LstmTangents(new LstmSteps(context, backwards)).forward();
    }

    @Override
    public void tangentBackward(KernelContext context) {
        new LstmTangents(new LstmSteps(context, backwards)).backward();
    }

    /** It is copied to where the steps are in order. */
    @Override
    public boolean keepsOutputDelta() {
        return false;
    }
}
