package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.BatchedProduct;
import org.thalweg.objective.compiled.internal.kernel.KeyPenalty;
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

    /**
     * Keys and values {@code [time, ...]}, projected once for all queries.
     *
     * @param penalty {@code [time]}, added to the scores of masked keys
     */
    record Memory(Value keys, Value values, @Nullable Value penalty) {}

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
        Value penalty = mask == null ? null : scope.step(new KeyPenalty(), mask, mask.shape());
        return projects
                ? new Memory(inHeads(keys, "Wk"), inHeads(values, "Wv"), penalty)
                : new Memory(keys, values, penalty);
    }

    /** The results for queries {@code [queries, ...]}, {@code [queries, out]}. */
    Value of(Value queries, Memory memory) {
        Value ready = projects ? inHeads(queries, "Wq") : queries;
        long[] shape = ready.shape();
        double scale = 1 / Math.sqrt((double) shape[shape.length - 1]);
        shape[shape.length - 1] = memory.keys().size(memory.keys().rank() - 2);
        Value products = scope.step(new BatchedProduct(true), List.of(ready, memory.keys()), shape);
        Value penalty = memory.penalty();
        Value scores = penalty == null
                ? scope.combine(List.of(products), scale)
                : scope.combine(List.of(products, overQueries(penalty, shape.length)), scale, 1);
        Value weights = scope.step(new Softmax(), scores, shape);
        shape[shape.length - 1] = memory.values().channels();
        Value attended = scope.step(new BatchedProduct(false), List.of(weights, memory.values()), shape);
        return projects ? joined(attended) : attended;
    }

    /** {@code [time]} with axes of size 1 for heads and queries. */
    private Value overQueries(Value penalty, int rank) {
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        shape[rank - 1] = penalty.size(0);
        return scope.reshape(penalty, shape);
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
