package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Dilated filters with zeros between their taps: ND4J's oneDNN convolution in single precision rejects dilation.
 *
 * @param window with its gaps
 */
record SpreadFilters(Window window) {

    static SpreadFilters of(Window window) {
        return new SpreadFilters(window);
    }

    /** Filters {@code [height, width, ...]} with their gaps filled; the filters themselves if they have no gaps. */
    Tensor spread(KernelContext context, Tensor filters) {
        if (!window.dilated()) {
            return filters;
        }
        Tensor spread = context.scratch(window.spreadShape(filters.shape()));
        context.tape().fill(0, spread);
        context.tape().copy(filters, taps(spread));
        return spread;
    }

    /** The taps of the filters without the gaps. */
    Tensor taps(Tensor spread) {
        return spread.slice(0, 0, spread.size(0), window.dilationY()).slice(1, 0, spread.size(1), window.dilationX());
    }
}
