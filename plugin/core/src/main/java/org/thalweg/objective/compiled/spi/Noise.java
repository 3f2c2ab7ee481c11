package org.thalweg.objective.compiled.spi;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * y = a x + b with a and b drawn once an element: dropout and its kin. What an example is given depends on the seed,
 * the number of this step among those that draw, and the example's number in the probe; see
 * {@link org.thalweg.objective.ObjectiveMode#TRAINING}.
 */
public final class Noise extends LinearKernel {

    /** Draws what the elements of one example are multiplied with and what is added to them. */
    @FunctionalInterface
    public interface Draw {

        /**
         * Draws for one example.
         *
         * @param random the example's own
         * @param channels how many there are, of factors.length / channels elements each
         * @param factors a, channel by channel, initially 1
         * @param summands b, likewise, initially 0
         */
        void draw(SplittableRandom random, int channels, double[] factors, double[] summands);
    }

    private final int number;
    private final int channels;
    private final Draw draw;

    /**
     * @param number of this step among those that draw
     * @param channels on the last axis of the input as it lies in memory
     * @param draw what is drawn
     */
    public Noise(int number, int channels, Draw draw) {
        this.number = number;
        this.channels = channels;
        this.draw = draw;
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public void forward(KernelContext context) {
        super.forward(context);
        double[] summands = drawn(context).summands;
        if (Arrays.stream(summands).anyMatch(summand -> summand != 0)) {
            INDArray array = context.permanent("summands", () -> array(context, summands));
            Ops.add(context.tape(), context.output(), array, context.output());
        }
    }

    @Override
    public void map(KernelContext context, List<INDArray> inputs, INDArray output) {
        Ops.multiply(context.tape(), inputs.get(0), factors(context), output);
    }

    @Override
    public void transposed(KernelContext context, INDArray output, int i, INDArray input) {
        Ops.multiply(context.tape(), output, factors(context), input);
    }

    private INDArray factors(KernelContext context) {
        return context.permanent("factors", () -> array(context, drawn(context).factors));
    }

    private static INDArray array(KernelContext context, double[] values) {
        INDArray input = context.input(0);
        return Nd4j.createFromArray(values).castTo(input.dataType()).reshape('c', input.shape());
    }

    /** Of all elements, as they lie in memory: channels last. */
    private record Drawn(double[] factors, double[] summands) {}

    private Drawn drawn(KernelContext context) {
        int length = (int) (context.input(0).length() / context.examples());
        Drawn all = new Drawn(new double[length * context.examples()], new double[length * context.examples()]);
        int pixels = length / channels;
        for (int example = 0; example < context.examples(); example++) {
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
