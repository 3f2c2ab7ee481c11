package org.thalweg.objective.compiled;

import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** Sums a vector over batches, each of which overwrites it, into the vector of the role {@code SUM}. */
final class BatchSum implements AutoCloseable {

    private final BoundTape start;
    private final BoundTape addition;

    BatchSum(ParameterStore parameters, Executor executor, Role role) {
        Tensor share = parameters.vector(role);
        Tensor sum = parameters.vector(Role.SUM);
        Tape copy = new Tape();
        copy.copy(share, sum);
        start = executor.bind(copy);
        Tape add = new Tape();
        add.add(sum, share, sum);
        addition = executor.bind(add);
    }

    /** Starts with the vector's current numbers. */
    void start() {
        start.run();
    }

    /** Adds the vector's current numbers. */
    void add() {
        addition.run();
    }

    @Override
    public void close() {
        start.close();
        addition.close();
    }
}
