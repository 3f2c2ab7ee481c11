package org.thalweg.objective.compiled.spi;

import java.util.List;

/**
 * A user's own op, for functions that cannot be composed of the ops of {@link Op}. It is found through
 * {@link java.util.ServiceLoader} and recorded by its name with {@link Tape#host}. It always runs on the host: an
 * executor on a device copies inputs to the host and outputs back. It must be a function of its operands alone and
 * stateless, because several tapes may run it at once.
 *
 * @since 0.2.0
 */
public interface HostRoutine {

    /** Its name; a prefix with a dot, such as a package name, avoids clashes. */
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
