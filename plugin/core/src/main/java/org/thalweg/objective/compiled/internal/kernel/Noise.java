package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.DropoutDraw;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * y = a x + b with a and b drawn once per element: dropout and its variants. An example's draws depend on the seed, on
 * this step's index among the steps that draw, and on the example's index in the probe; see
 * {@link org.thalweg.objective.ObjectiveMode#TRAINING}.
 */
public final class Noise extends LinearKernel {

    private final int number;
    private final int channels;
    private final DropoutDraw draw;

    /**
     * @param number index of this step among the steps that draw
     * @param channels on the last axis of the input in memory
     * @param draw draws the numbers
     */
    public Noise(int number, int channels, DropoutDraw draw) {
        super(1);
        this.number = number;
        this.channels = channels;
        this.draw = draw;
    }

    @Override
    public void forward(KernelContext context) {
        super.forward(context);
        long[] shape = context.input(0).shape();
        if (Arrays.stream(drawn(context, shape).summands).anyMatch(summand -> summand != 0)) {
            Tensor summands = context.ofHost("summands", shape, () -> drawn(context, shape).summands);
            context.tape().add(context.output(), summands, context.output());
        }
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        context.tape().multiply(inputs.get(0), factors(context, output.shape()), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        context.tape().multiply(output, factors(context, output.shape()), input);
    }

    private Tensor factors(KernelContext context, long[] shape) {
        return context.ofHost("factors", shape, () -> drawn(context, shape).factors);
    }

    /** Draws for all elements in memory order: channels last. */
    private record Drawn(double[] factors, double[] summands) {}

    private Drawn drawn(KernelContext context, long[] shape) {
        int examples = (int) shape[0];
        int length = (int) (Arrays.stream(shape).reduce(1, (a, b) -> a * b) / examples);
        Drawn all = new Drawn(new double[length * examples], new double[length * examples]);
        int pixels = length / channels;
        for (int example = 0; example < examples; example++) {
            double[] factors = new double[length];
            double[] summands = new double[length];
            Arrays.fill(factors, 1);
            draw.draw(context.random(number, example), channels, factors, summands);
            for (int i = 0; i < length; i++) {
                int drawn = i % channels * pixels + i / channels;
                all.factors[example * length + i] = factors[drawn];
                all.summands[example * length + i] = summands[drawn];
            }
        }
        return all;
    }
}
