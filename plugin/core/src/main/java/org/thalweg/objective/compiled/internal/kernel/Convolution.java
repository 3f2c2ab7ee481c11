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
 * y = x * W + b: cross-correlation of x {@code [n, ..., height, width, in]} with W {@code [height, width, in, out]}, and b
 * {@code [out]} or none.
 *
 * @param window the windows that W is applied to
 */
public record Convolution(Window window) implements AffineKernel {

    private static final String PATCHES = "patches";

    /** Up to this many elements per window, the probe's unrolled windows are about as large as the output. */
    private static final long SMALL_WINDOW = 32;

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        Tensor spread = SpreadFilters.of(window).spread(context, filters(weight));
        if (context.constant(0) && spread.length() / spread.size(3) <= SMALL_WINDOW) {
            applyToProbe(context, spread, bias, output);
            return;
        }
        context.tape()
                .convolution(
                        Images.of(input),
                        spread,
                        bias,
                        Images.of(output),
                        window.spread().arguments());
    }

    /** oneDNN's convolution of one to three channels takes twice as long as the product with the probe's windows. */
    private void applyToProbe(KernelContext context, Tensor weight, @Nullable Tensor bias, Tensor output) {
        Tape tape = context.tape();
        Tensor coefficients = context.scratch(patches(context).size(1), weight.size(3));
        tape.copy(weight.rows(), allButLastRow(coefficients));
        tape.copy(bias == null ? context.zeros(weight.size(3)) : bias, lastRow(coefficients));
        tape.matmul(patches(context), false, coefficients, false, output.rows());
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs given, AdjointOutputs targets) {
        AdjointInputs inputs = given.reshaped(Images.of(given.input()), Images.of(given.delta()))
                .withWeight(filters(given.weight()));
        GradientTarget filters = targets.weight();
        AdjointOutputs outputs = new AdjointOutputs(
                Images.of(targets.input()),
                filters == null ? null : new GradientTarget(filters(filters.tensor()), filters.add()),
                targets.bias());
        if (context.constant(0)) {
            probeGradients(context, inputs.delta(), outputs);
            return;
        }
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(inputs.delta().rows(), bias);
        }
        if (window.dilated()) {
            dilatedAdjoint(context, inputs, outputs);
        } else {
            ConvolutionAdjoint.of(context, window).record(context, inputs, outputs);
        }
    }

    /** The gradients of weights and bias if the input is the probe itself, which is the same in every run. */
    private void probeGradients(KernelContext context, Tensor delta, AdjointOutputs outputs) {
        GradientTarget weight = outputs.weight();
        GradientTarget bias = outputs.bias();
        if (weight == null && bias == null) {
            return;
        }
        Tape tape = context.tape();
        Tensor both = context.scratch(patches(context).size(1), delta.size(3));
        tape.matmul(patches(context), true, delta.rows(), false, both);
        if (bias != null) {
            bias.put(tape, lastRow(both));
        }
        if (weight == null) {
            return;
        }
        if (window.dilated()) {
            long[] written = window.spreadShape(weight.tensor().shape());
            weight.put(tape, SpreadFilters.of(window).taps(allButLastRow(both).reshape(written)));
        } else {
            new GradientTarget(weight.tensor().rows(), weight.add()).put(tape, allButLastRow(both));
        }
    }

    /** Like {@link #adjoint}, with the gaps of the kernel filled with zeros. */
    private void dilatedAdjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        SpreadFilters filters = SpreadFilters.of(window);
        ConvolutionAdjoint adjoint = ConvolutionAdjoint.of(context, window.spread());
        AdjointInputs spread = inputs.withWeight(filters.spread(context, inputs.weight()));
        adjoint.record(context, spread, outputs.ofInput());
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            Tensor written = context.scratch(window.spreadShape(weight.tensor().shape()));
            adjoint.record(context, spread, AdjointOutputs.ofWeight(written));
            weight.put(context.tape(), filters.taps(written));
        }
    }

    /** The windows of the probe's images, one per row, with a one for the bias: the map is then a matrix product. */
    private Tensor patches(KernelContext context) {
        Unrolling unrolling = Unrolling.of(window.spread(), Images.of(context.input(0)), Images.of(context.output()));
        long[] shape = unrolling.shape();
        return context.ofProbe(PATCHES, new long[] {shape[0], shape[1] + 1}, (tape, patches) -> {
            unrolling.record(tape, Images.of(context.input(0)), patches.slice(1, 0, shape[1]));
            tape.fill(1, patches.slice(1, shape[1], shape[1] + 1));
        });
    }

    /** Filters {@code [height, width, ..., out]} with all axes between for input channels. */
    private static Tensor filters(Tensor weight) {
        long height = weight.size(0);
        long width = weight.size(1);
        long out = weight.size(weight.rank() - 1);
        return weight.reshape(height, width, weight.length() / (height * width * out), out);
    }

    private static Tensor allButLastRow(Tensor matrix) {
        return matrix.slice(0, 0, matrix.size(0) - 1);
    }

    private static Tensor lastRow(Tensor matrix) {
        return matrix.select(0, matrix.size(0) - 1);
    }
}
