package org.thalweg.objective.compiled.internal.kernel;

import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointInputs.Moving;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;

/**
 * The gradient of a convolution's weights as matrix products with unrolled windows. Input and delta may change places:
 * the input's windows multiply the delta, or the delta's windows, turned around, the input. So where the windows of
 * both are kept at the parameters, a product of the Hessian unrolls nothing.
 *
 * @param window of stride 1
 */
public record WeightGradient(Window window) {

    private static final String INPUT_WINDOWS = "inputWindows";
    private static final String DELTA_WINDOWS = "deltaWindows";

    /**
     * Windows that are not kept are unrolled piece by piece, still in the cache when they are multiplied. Pieces are as
     * large for any batch, so that memory stays linear in its size.
     */
    private static final long PIECE_BYTES = 2L << 20;

    /** How many times the arithmetic a product with the delta's windows may take, as it unrolls nothing. */
    private static final double WORTH = 1.25;

    /** Records the gradient with respect to the weights. */
    public void record(KernelContext context, AdjointInputs pairing, INDArray gradient, boolean add) {
        boolean inputMoves = pairing.moving() == Moving.INPUT_AND_WEIGHT;
        if (!context.keepsWindows() || (inputMoves && !turns(pairing))) {
            fromPieces(context, pairing, gradient, add);
        } else if (inputMoves) {
            fromDeltaWindows(context, pairing, gradient, add);
        } else {
            fromInputWindows(context, pairing, gradient, add);
        }
    }

    private void fromInputWindows(KernelContext context, AdjointInputs pairing, INDArray gradient, boolean add) {
        Im2Col patches = inputPatches(pairing);
        INDArray windows = context.keep(INPUT_WINDOWS, patches.shape());
        if (pairing.moving() == Moving.NOTHING) {
            context.tape().add(() -> patches.unroll(pairing.input(), windows));
            if (context.active(0) && turns(pairing)) {
                Im2Col deltaPatches = deltaPatches(pairing);
                INDArray deltaWindows = context.keep(DELTA_WINDOWS, deltaPatches.shape());
                context.tape().add(() -> deltaPatches.unroll(pairing.delta(), deltaWindows));
            }
        }
        // Output channels first: OpenBLAS and oneDNN are faster with the short side of the product in front.
        INDArray sum = context.scratch(pairing.delta().size(3), patches.columns());
        Ops.product(context.tape(), Ops.rows(pairing.delta()), true, windows, false, sum);
        write(context, sum, FilterLayout::fromOutputRows, gradient, add);
    }

    private void fromDeltaWindows(KernelContext context, AdjointInputs pairing, INDArray gradient, boolean add) {
        Im2Col patches = deltaPatches(pairing);
        INDArray windows = context.keep(DELTA_WINDOWS, patches.shape());
        INDArray sum = context.scratch(pairing.input().size(3), patches.columns());
        Ops.product(context.tape(), Ops.rows(pairing.input()), true, windows, false, sum);
        write(context, sum, FilterLayout::fromTurnedInputRows, gradient, add);
    }

    private void fromPieces(KernelContext context, AdjointInputs pairing, INDArray gradient, boolean add) {
        INDArray input = pairing.input();
        INDArray delta = Ops.rows(pairing.delta());
        Im2Col patches = inputPatches(pairing);
        int examples = (int) input.size(0);
        long rows = patches.rows();
        long exampleBytes = rows * patches.columns() * input.dataType().width();
        int piece = (int) Math.max(1, PIECE_BYTES / exampleBytes);
        INDArray windows = context.scratch(piece * rows, patches.columns());
        INDArray sum = context.scratch(delta.size(1), patches.columns());
        for (int first = 0; first < examples; first += piece) {
            int from = first;
            int count = Math.min(piece, examples - first);
            context.tape().add(() -> patches.unroll(input, from, count, windows));
            INDArray someWindows = rows(windows, 0, count * rows);
            INDArray someDelta = rows(delta, first * rows, (first + count) * rows);
            Ops.product(context.tape(), someDelta, true, someWindows, false, sum, first > 0);
        }
        write(context, sum, FilterLayout::fromOutputRows, gradient, add);
    }

    private static void write(
            KernelContext context, INDArray sum, BiConsumer<INDArray, INDArray> order, INDArray gradient, boolean add) {
        INDArray target = add ? context.scratch(gradient.shape()) : gradient;
        context.tape().add(() -> order.accept(sum, target));
        if (add) {
            Ops.add(context.tape(), gradient, target, gradient);
        }
    }

    private boolean turns(AdjointInputs pairing) {
        return deltaPatches(pairing).rows() <= WORTH * inputPatches(pairing).rows();
    }

    private Im2Col inputPatches(AdjointInputs pairing) {
        return Im2Col.of(window, pairing.input(), pairing.delta());
    }

    private Im2Col deltaPatches(AdjointInputs pairing) {
        return Im2Col.of(window.turned(), pairing.delta(), pairing.input());
    }

    private static INDArray rows(INDArray matrix, long from, long to) {
        return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }
}
