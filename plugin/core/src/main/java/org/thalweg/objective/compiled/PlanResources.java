package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * What the batches of a plan share.
 *
 * <p>There are three kinds of memory. {@link #passing} memory is overwritten by every later run of any batch.
 * {@code kept} memory holds what Hessian products need from the parameters: each batch has its own, or if that does not
 * fit, it is shared and recomputed. {@link #fixed} memory holds what depends on the probe alone, or on nothing.
 */
final class PlanResources implements AutoCloseable {

    private final Executor executor;
    private final ParameterStore parameters;
    private final long seed;
    private final Arena passing;
    private final Arena fixed;
    private final Tape initial = new Tape();
    private final Map<Long, Tensor> ones = new HashMap<>();
    private final Map<String, Tensor> zeros = new HashMap<>();
    private int firstExample;

    PlanResources(Executor executor, ParameterStore parameters, ElementType type, long seed) {
        this.executor = executor;
        this.parameters = parameters;
        this.seed = seed;
        this.passing = new Arena(type);
        this.fixed = new Arena(type);
    }

    Executor executor() {
        return executor;
    }

    ParameterStore parameters() {
        return parameters;
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

    /** The tape that runs once, before anything else. */
    Tape initial() {
        return initial;
    }

    /** Index of the probe's first example, which determines random draws. */
    int firstExample() {
        return firstExample;
    }

    void firstExample(int number) {
        firstExample = number;
    }

    Tensor ones(long n) {
        return ones.computeIfAbsent(n, length -> filled(1, 1, length));
    }

    /** Zeros that are never written to. */
    Tensor zeros(long... shape) {
        return zeros.computeIfAbsent(Arrays.toString(shape), key -> filled(0, shape));
    }

    private Tensor filled(double value, long... shape) {
        Tensor tensor = fixed.take(shape);
        initial.fill(value, tensor);
        return tensor;
    }

    @Override
    public void close() {
        parameters.close();
        executor.free(passing.buffers());
        executor.free(fixed.buffers());
    }
}
