package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The adjoint of a convolution: each pixel of x {@code [n, ..., height, width, in]} adds itself times W
 * {@code [height, width, in, out]} to its window of the output, and an optional bias b {@code [out]} is added.
 *
 * @param window of the convolution from the output to the input
 */
public record Deconvolution(Window window) implements AffineKernel {

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        Tensor filters = filters(context, weight);
        Tensor images = Images.of(output);
        Tape tape = context.tape();
        tape.convolutionAdjoint(
                context.zeros(images.shape()),
                filters,
                Images.of(input),
                images,
                context.scratch(filters.shape()),
                window.spread().arguments(1, 0));
        if (bias != null) {
            tape.addToRows(bias, output);
        }
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        Tensor images = Images.of(inputs.delta());
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(images.rows(), bias);
        }
        GradientTarget input = Images.of(outputs.input());
        if (input != null) {
            Tensor result = input.add() ? context.scratch(input.tensor().shape()) : input.tensor();
            context.tape()
                    .convolution(
                            images,
                            filters(context, inputs.weight()),
                            null,
                            result,
                            window.spread().arguments());
            if (input.add()) {
                input.put(context.tape(), result);
            }
        }
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            weightGradient(context, Images.of(inputs.input()), images, weight);
        }
    }

    private void weightGradient(KernelContext context, Tensor input, Tensor images, GradientTarget target) {
        long[] shape = window.spreadShape(swapped(target.tensor()).shape());
        Tensor gradient = context.scratch(shape);
        context.tape()
                .convolutionAdjoint(
                        images,
                        context.zeros(shape),
                        input,
                        context.scratch(images.shape()),
                        gradient,
                        window.spread().arguments(0, 1));
        new GradientTarget(byOutput(target.tensor()), target.add())
                .put(context.tape(), SpreadFilters.of(window).taps(gradient).permute(0, 1, 3, 2));
    }

    /** The filters of the convolution, {@code [height, width, out, in]}. */
    private Tensor filters(KernelContext context, Tensor weight) {
        Tensor filters = context.scratch(swapped(weight).shape());
        context.tape().copy(swapped(weight), filters);
        return SpreadFilters.of(window).spread(context, filters);
    }

    private static Tensor swapped(Tensor filters) {
        return byOutput(filters).permute(0, 1, 3, 2);
    }

    /** All axes after the input channels are output channels. */
    private static Tensor byOutput(Tensor filters) {
        long height = filters.size(0);
        long width = filters.size(1);
        long in = filters.size(2);
        return filters.reshape(height, width, in, filters.length() / (height * width * in));
    }
}
