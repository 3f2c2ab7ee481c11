package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Arena;

/**
 * What the recordings of a plan share.
 *
 * <p>Three kinds of memory: {@link #passing} is overwritten by every later run, of any batch; {@code kept} memory
 * holds what Hessian products need of the parameters, a recording's own or, where that would not fit, shared and
 * computed again; {@link #fixed} holds what is filled while recording.
 */
final class PlanResources implements AutoCloseable {

    private final ParameterStore parameters;
    private final DataType type;
    private final long seed;
    private final Arena passing;
    private final Arena fixed;
    private final Map<Long, INDArray> ones = new HashMap<>();
    private final Map<String, INDArray> zeros = new HashMap<>();

    PlanResources(ParameterStore parameters, DataType type, long seed) {
        this.parameters = parameters;
        this.type = type;
        this.seed = seed;
        this.passing = new Arena(type);
        this.fixed = new Arena(type);
    }

    ParameterStore parameters() {
        return parameters;
    }

    DataType type() {
        return type;
    }

    long seed() {
        return seed;
    }

    Arena passing() {
        return passing;
    }

    Arena fixed() {
        return fixed;
    }

    INDArray ones(long n) {
        return ones.computeIfAbsent(n, length -> fixed.take(1, length).assign(1));
    }

    /** Zeros that nobody writes to. */
    INDArray zeros(long... shape) {
        return zeros.computeIfAbsent(
                Arrays.toString(shape), key -> fixed.take(shape).assign(0));
    }

    @Override
    public void close() {
        parameters.close();
        passing.close();
        fixed.close();
    }
}
