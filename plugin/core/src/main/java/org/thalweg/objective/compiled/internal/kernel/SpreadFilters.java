package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Dilated filters written out, zeros between their taps: ND4J's oneDNN convolution in single precision refuses a dilation.
 *
 * @param window with its gaps
 */
record SpreadFilters(Window window) {

    static SpreadFilters of(Window window) {
        return new SpreadFilters(window);
    }

    /** Filters {@code [height, width, ...]} with their gaps; themselves, if they have none. */
    Tensor spread(KernelContext context, Tensor filters) {
        if (!window.dilated()) {
            return filters;
        }
        Tensor spread = context.scratch(window.spreadShape(filters.shape()));
        context.tape().fill(0, spread);
        context.tape().copy(filters, taps(spread));
        return spread;
    }

    /** The filters among those written out. */
    Tensor taps(Tensor spread) {
        return spread.slice(0, 0, spread.size(0), window.dilationY()).slice(1, 0, spread.size(1), window.dilationX());
    }
}
