package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/** The elements of each window next to each other: {@code [..., channels]} as {@code [windows..., ..., taps channels]}. */
public final class Unfolding extends LinearKernel {

    private final TapWindow window;

    public Unfolding(TapWindow window) {
        super(1);
        this.window = window;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        unfold(context, window, inputs.get(0), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        fold(context, window, output, input);
    }

    static void unfold(KernelContext context, TapWindow window, Tensor input, Tensor windows) {
        context.tape().fill(0, windows);
        for (int tap = 0; tap < window.taps(); tap++) {
            window.ofTap(tap, input, block(windows, tap, input), context.tape()::copy);
        }
    }

    static void fold(KernelContext context, TapWindow window, Tensor windows, Tensor input) {
        context.tape().fill(0, input);
        for (int tap = 0; tap < window.taps(); tap++) {
            window.ofTap(
                    tap,
                    input,
                    block(windows, tap, input),
                    (part, some) -> context.tape().add(part, some, part));
        }
    }

    private static Tensor block(Tensor windows, int tap, Tensor input) {
        long channels = input.size(input.rank() - 1);
        return windows.slice(windows.rank() - 1, tap * channels, (tap + 1) * channels);
    }
}
