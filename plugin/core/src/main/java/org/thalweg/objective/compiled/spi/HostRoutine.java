package org.thalweg.objective.compiled.spi;

import java.util.List;

/**
 * An op of a user's own, for what the ops of {@link Op} cannot be composed to. It is found through {@link
 * java.util.ServiceLoader}, is recorded by its name with {@link Tape#host}, and runs on the host whatever the executor:
 * one that computes elsewhere copies inputs there and outputs back. It must be a function of its operands alone, and
 * free of state, as several tapes may run it at once.
 *
 * @since 0.2.0
 */
public interface HostRoutine {

    /** Its name; a prefix with a dot, such as a package's, keeps it from being another's. */
    String name();

    /**
     * Computes.
     *
     * @param inputs values of the input tensors, row-major; not to be modified
     * @param outputs values of the output tensors, row-major, to be written
     * @param reals of the instruction
     * @param integers of the instruction
     */
    void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers);
}
