package org.thalweg.objective.compiled.kernel;

import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.kernel.Pairing.Moving;

/**
 * The gradient of a convolution's weights as matrix products with unrolled windows. Input and delta may change places:
 * the input's windows multiply the delta, or the delta's windows, turned around, the input. So where the windows of
 * both are kept at the parameters, a product of the Hessian unrolls nothing.
 *
 * @param window of stride 1
 */
record WeightGradient(Window window) {

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
    void record(Site site, Pairing pairing, INDArray gradient, boolean add) {
        boolean inputMoves = pairing.moving() == Moving.INPUT_AND_WEIGHT;
        if (!site.keepsWindows() || (inputMoves && !turns(pairing))) {
            fromPieces(site, pairing, gradient, add);
        } else if (inputMoves) {
            fromDeltaWindows(site, pairing, gradient, add);
        } else {
            fromInputWindows(site, pairing, gradient, add);
        }
    }

    private void fromInputWindows(Site site, Pairing pairing, INDArray gradient, boolean add) {
        Patches patches = inputPatches(pairing);
        INDArray windows = site.keep(INPUT_WINDOWS, patches.shape());
        if (pairing.moving() == Moving.NOTHING) {
            site.tape().add(() -> patches.unroll(pairing.input(), windows));
            if (site.active(0) && turns(pairing)) {
                Patches deltaPatches = deltaPatches(pairing);
                INDArray deltaWindows = site.keep(DELTA_WINDOWS, deltaPatches.shape());
                site.tape().add(() -> deltaPatches.unroll(pairing.delta(), deltaWindows));
            }
        }
        // Output channels first: OpenBLAS and oneDNN are faster with the short side of the product in front.
        INDArray sum = site.scratch(pairing.delta().size(3), patches.columns());
        Ops.product(site.tape(), Ops.rows(pairing.delta()), true, windows, false, sum);
        write(site, sum, TapOrder::fromOutputRows, gradient, add);
    }

    private void fromDeltaWindows(Site site, Pairing pairing, INDArray gradient, boolean add) {
        Patches patches = deltaPatches(pairing);
        INDArray windows = site.keep(DELTA_WINDOWS, patches.shape());
        INDArray sum = site.scratch(pairing.input().size(3), patches.columns());
        Ops.product(site.tape(), Ops.rows(pairing.input()), true, windows, false, sum);
        write(site, sum, TapOrder::fromTurnedInputRows, gradient, add);
    }

    private void fromPieces(Site site, Pairing pairing, INDArray gradient, boolean add) {
        INDArray input = pairing.input();
        INDArray delta = Ops.rows(pairing.delta());
        Patches patches = inputPatches(pairing);
        int examples = (int) input.size(0);
        long rows = patches.rows();
        long exampleBytes = rows * patches.columns() * input.dataType().width();
        int piece = (int) Math.max(1, PIECE_BYTES / exampleBytes);
        INDArray windows = site.scratch(piece * rows, patches.columns());
        INDArray sum = site.scratch(delta.size(1), patches.columns());
        for (int first = 0; first < examples; first += piece) {
            int from = first;
            int count = Math.min(piece, examples - first);
            site.tape().add(() -> patches.unroll(input, from, count, windows));
            INDArray someWindows = rows(windows, 0, count * rows);
            INDArray someDelta = rows(delta, first * rows, (first + count) * rows);
            Ops.product(site.tape(), someDelta, true, someWindows, false, sum, first > 0);
        }
        write(site, sum, TapOrder::fromOutputRows, gradient, add);
    }

    private static void write(
            Site site, INDArray sum, BiConsumer<INDArray, INDArray> order, INDArray gradient, boolean add) {
        INDArray target = add ? site.scratch(gradient.shape()) : gradient;
        site.tape().add(() -> order.accept(sum, target));
        if (add) {
            Ops.add(site.tape(), gradient, target, gradient);
        }
    }

    private boolean turns(Pairing pairing) {
        return deltaPatches(pairing).rows() <= WORTH * inputPatches(pairing).rows();
    }

    private Patches inputPatches(Pairing pairing) {
        return Patches.of(window, pairing.input(), pairing.delta());
    }

    private Patches deltaPatches(Pairing pairing) {
        return Patches.of(window.turned(), pairing.delta(), pairing.input());
    }

    private static INDArray rows(INDArray matrix, long from, long to) {
        return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }
}
