package org.thalweg.objective.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.spi.Value;

/** One array a slot: the values of a batch, or their gradients, or the derivatives of either. */
final class ValueTensors {

    private final Arena arena;
    private final int examples;
    private final @Nullable INDArray[] arrays;

    ValueTensors(Arena arena, int examples, int slots) {
        this.arena = arena;
        this.examples = examples;
        this.arrays = new INDArray[slots];
    }

    boolean has(Value value) {
        return arrays[value.slot()] != null;
    }

    /** The array of a value, in the value's shape. */
    INDArray get(Value value) {
        INDArray array = arrays[value.slot()];
        if (array == null) {
            throw new IllegalStateException("slot " + value.slot() + " has no array");
        }
        long[] shape = value.batch(examples);
        return Arrays.equals(array.shape(), shape) ? array : array.reshape('c', shape);
    }

    /** Takes an array for a value that has none. */
    INDArray make(Value value) {
        INDArray array = arena.take(value.batch(examples));
        arrays[value.slot()] = array;
        return array;
    }

    /** The array of a value, taken if it has none. */
    INDArray getOrMake(Value value) {
        return has(value) ? get(value) : make(value);
    }

    /** Lets a value be an array that lies elsewhere. */
    void put(Value value, INDArray array) {
        arrays[value.slot()] = array;
    }

    /** Gives the array of one value to another one, which overwrites it. */
    void hand(Value from, Value to) {
        INDArray array = arrays[from.slot()];
        arrays[from.slot()] = null;
        arrays[to.slot()] = array;
    }

    /** Whether the array is this recording's own, to be overwritten at will. */
    boolean owns(Value value) {
        INDArray array = arrays[value.slot()];
        return array != null && arena.owns(array);
    }

    /** Lets later instructions overwrite the array. */
    void release(Value value) {
        INDArray array = arrays[value.slot()];
        if (array != null) {
            arena.giveBack(array);
            arrays[value.slot()] = null;
        }
    }
}
