package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * y = W[k] + b: rows of W {@code [words, size]} by their indices k, which come from the probe, plus an optional bias b
 * {@code [size]}. It is linear in W, so each pass gathers rows, or adds rows to where they came from.
 */
public final class Embedding implements Kernel {

    private static final double[] NO_REALS = {};

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        Tensor words = context.weights(AffineKernel.WEIGHT).value();
        Tensor output = context.output().rows();
        context.tape().gatherRows(words, numbers(context), output);
        if (context.has(AffineKernel.BIAS)) {
            context.tape().addToRows(context.weights(AffineKernel.BIAS).value(), output);
        }
    }

    @Override
    public void backward(KernelContext context) {
        Weights words = context.weights(AffineKernel.WEIGHT);
        if (words.trainable()) {
            scatter(context, context.outputDelta(), words.gradient());
        }
        if (biasTrainable(context)) {
            context.sumRows(
                    context.outputDelta().rows(),
                    context.weights(AffineKernel.BIAS).gradientTarget());
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Weights words = context.weights(AffineKernel.WEIGHT);
        Tensor tangent = context.outputTangent().rows();
        if (words.trainable()) {
            tape.gatherRows(words.tangent(), numbers(context), tangent);
        } else {
            tape.fill(0, tangent);
        }
        if (biasTrainable(context)) {
            tape.addToRows(context.weights(AffineKernel.BIAS).tangent(), tangent);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Weights words = context.weights(AffineKernel.WEIGHT);
        if (words.trainable()) {
            scatter(context, context.outputDeltaTangent(), words.gradientTangent());
        }
        if (biasTrainable(context)) {
            GradientTarget bias = context.weights(AffineKernel.BIAS).gradientTangentTarget();
            context.sumRows(context.outputDeltaTangent().rows(), bias);
        }
    }

    private static boolean biasTrainable(KernelContext context) {
        return context.has(AffineKernel.BIAS)
                && context.weights(AffineKernel.BIAS).trainable();
    }

    private static void scatter(KernelContext context, Tensor delta, Tensor gradient) {
        Tensor numbers = numbers(context);
        long words = gradient.size(0);
        // Sums whose order the probe determines have the same bits on any device, in every run.
        Tensor groups = context.placesOfProbe(
                "groups",
                words + 1 + numbers.length(),
                (tape, found) -> tape.host(RowGroups.NAME, List.of(numbers), List.of(found), NO_REALS, words));
        context.tape()
                .scatterRows(
                        delta.rows(),
                        groups.slice(0, 0, words + 1),
                        groups.slice(0, words + 1, groups.length()),
                        gradient);
    }

    /** The indices of the rows as integers, computed once per probe. */
    private static Tensor numbers(KernelContext context) {
        if (!context.constant(0)) {
            throw new IllegalStateException(
                    context + " needs numbers of rows that the probe has, got some that depend on parameters");
        }
        Tensor input = context.input(0);
        long words = context.weights(AffineKernel.WEIGHT).value().size(0);
        return context.placesOfProbe(
                "numbers",
                input.length(),
                (tape, numbers) -> tape.host(RowNumbers.NAME, List.of(input), List.of(numbers), NO_REALS, words));
    }
}
