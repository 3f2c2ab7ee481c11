package org.thalweg.objective.compiled.spi;

import java.util.function.DoubleUnaryOperator;

/** A parameter array of a step. */
public sealed interface Operand {

    /** An array of the network's, trainable or not, in the layout's packed shape. */
    record Parameter(String key) implements Operand {}

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
