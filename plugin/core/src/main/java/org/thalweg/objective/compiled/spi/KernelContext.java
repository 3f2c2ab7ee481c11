package org.thalweg.objective.compiled.spi;

import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * One step of a network on one batch, as its {@link Kernel} sees it while recording: tensors, parameters, memory. Tensors
 * of values have the batch on their first axis: {@code [n, ...]}.
 *
 * @since 0.2.0
 */
public interface KernelContext {

    /** What is being recorded. */
    Tape tape();

    /** What the recording is for. */
    EvaluationKind kind();

    /** Size of the first axis, n: the number of examples times {@link Value#perExample}. */
    int examples();

    /** Input i, {@code [n, ...]}; a strided view only if the kernel {@linkplain Kernel#acceptsView accepts} it. */
    Tensor input(int i);

    /** Where {@link Kernel#forward} writes, row-major {@code [n, ...]}; later methods read it. */
    Tensor output();

    /** Whether an input depends on a parameter; only then its gradient is needed. */
    boolean active(int i);

    /** Whether an input depends on the probe alone, so that it stays the same until the probe changes. */
    boolean constant(int i);

    /** Gradient of the loss with respect to the output. */
    Tensor outputDelta();

    /**
     * Where a step writes the gradient of the loss with respect to an active input, overwriting the tensor. The shares
     * of other steps that read the input are added afterwards.
     */
    Tensor inputDelta(int i);

    /** Derivative of an input along the direction; zeros for an inactive one. */
    Tensor inputTangent(int i);

    /** Where {@link Kernel#tangentForward} writes the derivative of the output along the direction. */
    Tensor outputTangent();

    /** Derivative of {@link #outputDelta} along the direction. */
    Tensor outputDeltaTangent();

    /** Where a step writes the derivative of {@link #inputDelta} along the direction. */
    Tensor inputDeltaTangent(int i);

    /** A parameter array by the name that the step gave it. */
    Weights weights(String name);

    /** Whether the step has such a parameter array. */
    boolean has(String name);

    /** Whether the tape runs in the host's memory, where rearranging is cheap. */
    boolean onHost();

    /** Whether an op that not all executors know can be recorded. */
    boolean knows(Op op);

    /** Whether there is memory to keep unrolled windows between Hessian products. */
    boolean keepsWindows();

    /** A tensor of this step that later methods find again under the same name. */
    Tensor keep(String name, long... shape);

    /** Like {@link #keep}, for INT indices. */
    Tensor keepPlaces(String name, long length);

    /**
     * A small tensor whose numbers can be read after a run, whatever the run is for: a statistic of the batch.
     *
     * @param name of the statistic, and of the step's operand that holds it in the network
     * @since 0.2.0
     */
    Tensor report(String name, long... shape);

    /** A tensor that is free again when the method ends. */
    Tensor scratch(long... shape);

    /**
     * A tensor that depends on the probe alone, so it is computed when the probe is loaded and not in every run.
     *
     * @param name by which later methods find it again
     * @param record records its computation from {@linkplain #constant constant} inputs, on first use
     */
    Tensor ofProbe(String name, long[] shape, BiConsumer<Tape, Tensor> record);

    /** Like {@link #ofProbe}, for INT indices. */
    Tensor placesOfProbe(String name, long length, BiConsumer<Tape, Tensor> record);

    /**
     * A tensor of numbers that the host computes when the probe is loaded.
     *
     * @param name by which later methods find it again
     * @param values computes them, row-major; called after recording, when it may use only {@link #random} of this
     *     context
     */
    Tensor ofHost(String name, long[] shape, Supplier<double[]> values);

    /** Zeros that are never written to. */
    Tensor zeros(long... shape);

    /** Row vector of ones, {@code [1, n]}: a product with it is the fastest way to sum the rows of a matrix. */
    Tensor ones(long n);

    /**
     * An example's random numbers, the same in every recording.
     *
     * @param draw index of the step among those that draw
     * @param example index within the batch
     */
    SplittableRandom random(int draw, int example);

    /** Records the sum of the rows of a matrix {@code [m, c]}. */
    default void sumRows(Tensor matrix, Tensor sum) {
        sumRows(matrix, new GradientTarget(sum, false));
    }

    /** Records the sum of the rows of a matrix {@code [m, c]}, added if the target has other contributions. */
    default void sumRows(Tensor matrix, GradientTarget sum) {
        Tensor row = sum.tensor().reshape(1, sum.tensor().length());
        tape().matmul(ones(matrix.size(0)), false, matrix, false, row, sum.add());
    }
}
