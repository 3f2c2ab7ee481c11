package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.BatchedProduct;
import org.thalweg.objective.compiled.internal.kernel.KeyMasking;
import org.thalweg.objective.compiled.internal.kernel.Softmax;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Scaled dot-product attention (A. Vaswani et al., "Attention is all you need", 2017) as in ND4J: softmax(Q K^T /
 * sqrt(d)) V, for sequences directly, or for projections to several heads whose results are projected once more.
 *
 * @param scope of the layer or vertex
 * @param heads number of heads
 * @param size of a head
 * @param out size of the result of the projections
 * @param projects whether there are projections Wq, Wk, Wv {@code [heads, size, in]} and Wo {@code [heads size, out]}
 */
record Attention(StepScope scope, long heads, long size, long out, boolean projects) {

    /** Keys and values {@code [time, ...]}, projected once for all queries. */
    record Memory(Value keys, Value values, @Nullable Value mask) {}

    /** Lays out the projections; call this first. */
    Attention packed() {
        if (projects) {
            for (String name : new String[] {"Wq", "Wk", "Wv"}) {
                scope.pack(name, 2, 0, 1);
            }
        }
        return this;
    }

    /** The keys and values that queries attend to. */
    Memory memory(Value keys, Value values, @Nullable Value mask) {
        if (mask != null) {
            scope.requireBinaryMasks("attends by a mask of other values than 0 and 1, which is not covered");
        }
        return projects ? new Memory(inHeads(keys, "Wk"), inHeads(values, "Wv"), mask) : new Memory(keys, values, mask);
    }

    /** The results for queries {@code [queries, ...]}, {@code [queries, out]}. */
    Value of(Value queries, Memory memory) {
        Value ready = projects ? inHeads(queries, "Wq") : queries;
        long[] shape = ready.shape();
        double scale = 1 / Math.sqrt((double) shape[shape.length - 1]);
        shape[shape.length - 1] = memory.keys().size(memory.keys().rank() - 2);
        Value products = scope.step(new BatchedProduct(true), List.of(ready, memory.keys()), shape);
        Value scores = scope.combine(List.of(products), scale);
        Value mask = memory.mask();
        Value masked = mask == null ? scores : scope.step(new KeyMasking(), List.of(scores, mask), shape);
        Value weights = scope.step(new Softmax(), masked, shape);
        shape[shape.length - 1] = memory.values().channels();
        Value attended = scope.step(new BatchedProduct(false), List.of(weights, memory.values()), shape);
        return projects ? joined(attended) : attended;
    }

    /** {@code [time, in]} as {@code [heads, time, size]}. */
    private Value inHeads(Value sequence, String name) {
        List<Long> matrix = List.of(sequence.channels(), heads * size);
        Value projected = scope.affine(sequence, new Operand.Reshaped(scope.key(name), matrix), null, heads * size);
        Value split = scope.reshape(projected, sequence.size(0), heads, size);
        return scope.step(new Transposition(1, 0, 2), split, heads, sequence.size(0), size);
    }

    private Value joined(Value attended) {
        long queries = attended.size(1);
        Value steps = scope.step(new Transposition(1, 0, 2), attended, queries, heads, size);
        return scope.affine(scope.reshape(steps, queries, heads * size), scope.parameter("Wo"), null, out);
    }
}
