package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.ViewKernel;

/**
 * The elements from (inclusive) to (exclusive) on one axis, as a view.
 *
 * @param axis of an example, numbered from 0
 * @param from the first
 * @param to after the last
 * @param drop whether to drop the axis, which then has one element
 */
public record AxisSlice(int axis, long from, long to, boolean drop) implements ViewKernel {

    @Override
    public Tensor view(Tensor input) {
        return drop ? input.select(axis + 1, from) : input.slice(axis + 1, from, to);
    }
}
