package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A parameter array of a step.
 *
 * @since 0.2.0
 */
public sealed interface Operand {

    /** One of the network's arrays, trainable or not, in the layout's packed shape; vectors have no axis of size 1. */
    record Parameter(String key) implements Operand {}

    /** A view of one of the network's arrays. */
    sealed interface View extends Operand permits Slice, Reshaped {

        /** Key of the array. */
        String key();

        /** The view of the array, or of a tensor of its size. */
        Tensor of(Tensor whole);
    }

    /**
     * A part of one of the network's arrays, as a strided view.
     *
     * @param key of the array
     * @param axis of the packed shape
     * @param from first element on the axis
     * @param to after the last element on the axis
     */
    record Slice(String key, int axis, long from, long to) implements View {

        @Override
        public Tensor of(Tensor whole) {
            return whole.slice(axis, from, to);
        }
    }

    /**
     * One of the network's arrays in another shape, without moving elements.
     *
     * @param key of the array
     * @param shape that the elements of the packed array have in row-major order
     */
    record Reshaped(String key, List<Long> shape) implements View {

        public Reshaped {
            shape = List.copyOf(shape);
        }

        @Override
        public Tensor of(Tensor whole) {
            return whole.reshape(shape.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /**
     * A function of each element of a constant array.
     *
     * @param key of an array that is no parameter of the objective
     * @param function applied when the constants change, not at each run
     */
    record Derived(String key, DoubleUnaryOperator function) implements Operand {}

    /**
     * A vector of one number.
     *
     * @param value the number
     * @param length of the vector
     */
    record Literal(double value, long length) implements Operand {}
}
