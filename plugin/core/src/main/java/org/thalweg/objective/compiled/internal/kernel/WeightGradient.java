package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointInputs.Moving;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The gradient of a convolution's weights as matrix products with unrolled windows. Input and delta are
 * interchangeable: either the input's windows multiply the delta, or the delta's rotated windows multiply the input. So
 * if the windows of both are kept, a Hessian product unrolls nothing.
 *
 * @param window of stride 1
 */
record WeightGradient(Window window) {

    private static final String INPUT_WINDOWS = "inputWindows";
    private static final String DELTA_WINDOWS = "deltaWindows";

    /**
     * Windows that are not kept are unrolled in pieces, which are still in the cache when they are multiplied. The size
     * of a piece does not depend on the batch, so memory stays linear in the batch size.
     */
    private static final long PIECE_BYTES = 2L << 20;

    /** A product with the delta's windows may take this many times the arithmetic, because it unrolls nothing. */
    private static final double WORTH = 1.25;

    /** Records the gradient with respect to the weights. */
    void record(KernelContext context, AdjointInputs inputs, GradientTarget target) {
        boolean inputMoves = inputs.moving() == Moving.INPUT_AND_WEIGHT;
        if (!context.keepsWindows() || (inputMoves && !turns(inputs))) {
            fromPieces(context, inputs, target);
        } else if (inputMoves) {
            fromDeltaWindows(context, inputs, target);
        } else {
            fromInputWindows(context, inputs, target);
        }
    }

    private void fromInputWindows(KernelContext context, AdjointInputs inputs, GradientTarget target) {
        Tape tape = context.tape();
        Unrolling unrolling = inputWindows(inputs);
        Tensor windows = context.keep(INPUT_WINDOWS, unrolling.shape());
        if (inputs.moving() == Moving.NOTHING) {
            unrolling.record(tape, inputs.input(), windows);
            if (context.active(0) && turns(inputs)) {
                Unrolling deltas = deltaWindows(inputs);
                deltas.record(tape, inputs.delta(), context.keep(DELTA_WINDOWS, deltas.shape()));
            }
        }
        // Output channels come first: OpenBLAS and oneDNN are faster if the short side of the product comes first.
        Tensor sum = context.scratch(inputs.delta().size(3), unrolling.columns());
        tape.matmul(inputs.delta().rows(), true, windows, false, sum);
        write(context, sum, Op.FILTERS_OF_OUTPUT_ROWS, target);
    }

    private void fromDeltaWindows(KernelContext context, AdjointInputs inputs, GradientTarget target) {
        Unrolling unrolling = deltaWindows(inputs);
        Tensor windows = context.keep(DELTA_WINDOWS, unrolling.shape());
        Tensor sum = context.scratch(inputs.input().size(3), unrolling.columns());
        context.tape().matmul(inputs.input().rows(), true, windows, false, sum);
        write(context, sum, Op.FILTERS_OF_TURNED_INPUT_ROWS, target);
    }

    private void fromPieces(KernelContext context, AdjointInputs inputs, GradientTarget target) {
        Tensor input = inputs.input();
        Tensor delta = inputs.delta().rows();
        Unrolling unrolling = inputWindows(inputs);
        long examples = input.size(0);
        long rows = unrolling.rows();
        long exampleBytes = rows * unrolling.columns() * input.type().bytes();
        long piece = Math.max(1, (int) (PIECE_BYTES / exampleBytes));
        Tensor windows = context.scratch(piece * rows, unrolling.columns());
        Tensor sum = context.scratch(delta.size(1), unrolling.columns());
        for (long first = 0; first < examples; first += piece) {
            long count = Math.min(piece, examples - first);
            unrolling.record(context.tape(), input.slice(0, first, first + count), windows);
            Tensor someWindows = windows.slice(0, 0, count * rows);
            Tensor someDelta = delta.slice(0, first * rows, (first + count) * rows);
            context.tape().matmul(someDelta, true, someWindows, false, sum, first > 0);
        }
        write(context, sum, Op.FILTERS_OF_OUTPUT_ROWS, target);
    }

    private static void write(KernelContext context, Tensor sum, Op order, GradientTarget target) {
        Tensor gradient = target.add() ? context.scratch(target.tensor().shape()) : target.tensor();
        context.tape().rearrangeFilters(order, sum, gradient);
        if (target.add()) {
            target.put(context.tape(), gradient);
        }
    }

    private boolean turns(AdjointInputs inputs) {
        return deltaWindows(inputs).rows() <= WORTH * inputWindows(inputs).rows();
    }

    private Unrolling inputWindows(AdjointInputs inputs) {
        return Unrolling.of(window, inputs.input(), inputs.delta());
    }

    private Unrolling deltaWindows(AdjointInputs inputs) {
        return Unrolling.of(window.turned(), inputs.delta(), inputs.input());
    }
}
