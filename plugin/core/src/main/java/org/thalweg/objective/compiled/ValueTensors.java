package org.thalweg.objective.compiled;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** One tensor per slot: the values of a batch, or their gradients, or the derivatives of either. */
final class ValueTensors {

    private final Arena arena;
    private final int examples;
    private final @Nullable Tensor[] tensors;

    ValueTensors(Arena arena, int examples, int slots) {
        this.arena = arena;
        this.examples = examples;
        this.tensors = new Tensor[slots];
    }

    boolean has(Value value) {
        return tensors[value.slot()] != null;
    }

    /** The tensor of a value, in the value's shape. */
    Tensor get(Value value) {
        Tensor tensor = tensors[value.slot()];
        if (tensor == null) {
            throw new IllegalStateException("slot " + value.slot() + " has no tensor");
        }
        return tensor.reshape(value.batch(examples));
    }

    /** Takes a tensor for a value that has none. */
    Tensor make(Value value) {
        Tensor tensor = arena.take(value.batch(examples));
        tensors[value.slot()] = tensor;
        return tensor;
    }

    /** Binds a value to a tensor that exists elsewhere. */
    void put(Value value, Tensor tensor) {
        tensors[value.slot()] = tensor;
    }

    /** Passes the tensor of one value to another, which overwrites it. */
    void hand(Value from, Value to) {
        Tensor tensor = tensors[from.slot()];
        tensors[from.slot()] = null;
        tensors[to.slot()] = tensor;
    }

    /** Whether the tensor is this batch's own, neither the probe's nor a view, so that it may be overwritten. */
    boolean owns(Value value) {
        Tensor tensor = tensors[value.slot()];
        return tensor != null && arena.owns(tensor);
    }

    /** Lets later instructions overwrite the tensor of a slot; for a view, the memory stays. */
    void release(int slot) {
        Tensor tensor = tensors[slot];
        if (tensor != null) {
            arena.giveBack(tensor);
            tensors[slot] = null;
        }
    }
}
