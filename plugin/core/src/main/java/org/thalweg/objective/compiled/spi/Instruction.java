package org.thalweg.objective.compiled.spi;

/** One step of a {@link Tape}. */
@FunctionalInterface
public interface Instruction {

    void run();

    /** Frees what the instruction holds. */
    default void close() {}
}
