package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Convolves each channel of x {@code [n, height, width, in]} with filters of its own, W
 * {@code [height, width, in, multiplier]}: output channel {@code c multiplier + m} is channel c with filter m. The
 * gradient of the input is again such a convolution, with the filters rotated by 180 degrees and, for strides, with
 * zeros between the elements of the delta.
 *
 * @param window the windows that W is applied to
 */
public record DepthwiseConvolution(Window window) implements AffineKernel {

    @Override
    public void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output) {
        Tape tape = context.tape();
        Tensor filters = SpreadFilters.of(window).spread(context, weight);
        long multiplier = filters.size(3);
        long[] window9 = window.spread().arguments();
        if (multiplier == 1) {
            tape.depthwiseConvolution(input, filters.reshape(withoutLast(filters)), bias, output, window9);
            return;
        }
        Tensor maps = context.scratch(part(output, multiplier));
        Tensor some = context.scratch(withoutLast(filters));
        for (int m = 0; m < multiplier; m++) {
            tape.copy(filters.select(3, m), some);
            tape.depthwiseConvolution(input, some, null, maps, window9);
            tape.copy(maps, ofMultiple(output, multiplier, m));
        }
        if (bias != null) {
            tape.addToRows(bias, output);
        }
    }

    @Override
    public void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        GradientTarget bias = outputs.bias();
        if (bias != null) {
            context.sumRows(inputs.delta().rows(), bias);
        }
        Tensor filters = SpreadFilters.of(window).spread(context, inputs.weight());
        GradientTarget input = outputs.input();
        GradientTarget weight = outputs.weight();
        Tensor gradient = context.scratch(filters.shape());
        long multiplier = filters.size(3);
        for (int m = 0; m < multiplier && (input != null || weight != null); m++) {
            Tensor delta = delta(context, inputs.delta(), multiplier, m);
            if (weight != null) {
                weightGradient(context, inputs.input(), delta, gradient, m);
            }
            if (input != null) {
                inputGradient(context, filters, m, delta, m == 0 ? input : input.adding());
            }
        }
        if (weight != null) {
            weight.put(context.tape(), SpreadFilters.of(window).taps(gradient));
        }
    }

    private void weightGradient(KernelContext context, Tensor input, Tensor delta, Tensor gradient, int m) {
        Tensor some = gradient.size(3) == 1
                ? gradient.reshape(withoutLast(gradient))
                : context.scratch(withoutLast(gradient));
        context.tape()
                .depthwiseWeightGradient(input, delta, some, window.spread().arguments());
        if (gradient.size(3) > 1) {
            context.tape().copy(some, gradient.select(3, m));
        }
    }

    private void inputGradient(KernelContext context, Tensor filters, int m, Tensor delta, GradientTarget target) {
        Tape tape = context.tape();
        Window spread = window.spread();
        long channels = filters.size(2);
        Tensor some = context.scratch(filters.size(0), filters.size(1), channels, 1);
        Tensor turned = context.scratch(filters.size(0), filters.size(1), 1, channels);
        tape.copy(filters.slice(3, m, m + 1L), some);
        tape.rearrangeFilters(Op.TURN_FILTERS, some, turned);
        Tensor image = target.tensor();
        Tensor padded = scattered(context, spread, delta, image);
        Tensor result = target.add() ? context.scratch(image.shape()) : image;
        Window whole = new Window(spread.height(), spread.width(), 1, 1, 0, 0, 1, 1, false);
        tape.depthwiseConvolution(
                padded, turned.reshape(turned.size(0), turned.size(1), channels), null, result, whole.arguments());
        if (target.add()) {
            target.put(tape, result);
        }
    }

    /**
     * The delta's elements at the starts of their windows, with enough zeros around them for a rotated window at each
     * pixel.
     */
    private static Tensor scattered(KernelContext context, Window spread, Tensor delta, Tensor image) {
        long height = image.size(1) + spread.height() - 1;
        long width = image.size(2) + spread.width() - 1;
        Tensor padded = context.scratch(image.size(0), height, width, image.size(3));
        long top = spread.firstRow(image.size(1)) + spread.height() - 1;
        long left = spread.firstColumn(image.size(2)) + spread.width() - 1;
        context.tape().fill(0, padded);
        Placed rows = Placed.of(top, spread.strideY(), delta.size(1), height);
        Placed columns = Placed.of(left, spread.strideX(), delta.size(2), width);
        if (rows.count() > 0 && columns.count() > 0) {
            Tensor some = delta.slice(1, rows.from(), rows.from() + rows.count())
                    .slice(2, columns.from(), columns.from() + columns.count());
            context.tape().copy(some, columns.in(2, rows.in(1, padded)));
        }
        return padded;
    }

    /**
     * The windows along an axis that reach into the image; those wholly in the padding have no place.
     *
     * @param from the first of them
     * @param count their number
     * @param start where the first one is placed
     * @param stride between places
     */
    private record Placed(long from, long count, long start, long stride) {

        static Placed of(long start, long stride, long windows, long size) {
            long from = start >= 0 ? 0 : (-start + stride - 1) / stride;
            long last = Math.min(windows - 1, Math.floorDiv(size - 1 - start, stride));
            return new Placed(from, last - from + 1, start + from * stride, stride);
        }

        Tensor in(int axis, Tensor padded) {
            return padded.slice(axis, start, start + (count - 1) * stride + 1, stride);
        }
    }

    private static Tensor delta(KernelContext context, Tensor delta, long multiplier, int m) {
        if (multiplier == 1) {
            return delta;
        }
        Tensor some = context.scratch(part(delta, multiplier));
        context.tape().copy(ofMultiple(delta, multiplier, m), some);
        return some;
    }

    private static long[] part(Tensor maps, long multiplier) {
        long[] shape = maps.shape();
        shape[3] /= multiplier;
        return shape;
    }

    /** The output maps of one filter per channel. */
    private static Tensor ofMultiple(Tensor maps, long multiplier, int m) {
        return maps.slice(3, m, maps.size(3), multiplier);
    }

    private static long[] withoutLast(Tensor filters) {
        return new long[] {filters.size(0), filters.size(1), filters.size(2)};
    }
}
