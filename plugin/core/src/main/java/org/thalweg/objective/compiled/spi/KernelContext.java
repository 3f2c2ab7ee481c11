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

    /** Size of the first axis, n: of examples, each {@link Value#perExample} times. */
    int examples();

    /** Input i, {@code [n, ...]}; a strided view only if the kernel {@linkplain Kernel#acceptsView accepts} it. */
    Tensor input(int i);

    /** Where {@link Kernel#forward} writes, row-major {@code [n, ...]}; later methods read it. */
    Tensor output();

    /** Whether an input depends on a parameter; only then it has a gradient to be computed. */
    boolean active(int i);

    /** Whether an input depends on the probe alone, so that it is the same in every run until the probe changes. */
    boolean constant(int i);

    /** Gradient of the loss with respect to the output. */
    Tensor outputDelta();

    /**
     * Where the gradient of the loss with respect to an active input is written to, overwriting it. What other steps that read
     * the input have to add is added afterwards.
     */
    Tensor inputDelta(int i);

    /** Derivative of an input along the direction; zeros for an inactive one. */
    Tensor inputTangent(int i);

    /** Where {@link Kernel#tangentForward} writes the derivative of the output along the direction. */
    Tensor outputTangent();

    /** Derivative of {@link #outputDelta} along the direction. */
    Tensor outputDeltaTangent();

    /** Where the derivative of {@link #inputDelta} along the direction is written to. */
    Tensor inputDeltaTangent(int i);

    /** A parameter array by the name that the step gave it. */
    Weights weights(String name);

    /** Whether the step has such a parameter array. */
    boolean has(String name);

    /** Whether the tape runs in the host's memory, where rearranging costs little. */
    boolean onHost();

    /** Whether an op that not all executors know can be recorded. */
    boolean knows(Op op);

    /** Whether there is memory for unrolled windows between the products of a Hessian. */
    boolean keepsWindows();

    /** A tensor of this step that later methods find again under the same name. */
    Tensor keep(String name, long... shape);

    /** As {@link #keep}, for INT positions. */
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
     * A tensor that depends on the probe alone: it is computed when the probe is loaded, not in every run.
     *
     * @param name by which later methods find it again
     * @param record records how it is computed, when first asked for, from {@linkplain #constant constant} inputs
     */
    Tensor ofProbe(String name, long[] shape, BiConsumer<Tape, Tensor> record);

    /** As {@link #ofProbe}, for INT positions. */
    Tensor placesOfProbe(String name, long length, BiConsumer<Tape, Tensor> record);

    /**
     * A tensor of numbers that are made on the host when the probe is loaded.
     *
     * @param name by which later methods find it again
     * @param values makes them, row-major; called after recording, when of this context {@link #random} alone may be used
     */
    Tensor ofHost(String name, long[] shape, Supplier<double[]> values);

    /** Zeros that are never written to. */
    Tensor zeros(long... shape);

    /** Row vector of ones, {@code [1, n]}: a product with it sums the rows of a matrix at the speed of a product. */
    Tensor ones(long n);

    /**
     * Randomness of an example, the same in every recording.
     *
     * @param draw number of the step among those that draw
     * @param example number within the batch
     */
    SplittableRandom random(int draw, int example);

    /** Records the sum of the rows of a matrix {@code [m, c]}. */
    default void sumRows(Tensor matrix, Tensor sum) {
        sumRows(matrix, new GradientTarget(sum, false));
    }

    /** Records the sum of the rows of a matrix {@code [m, c]} where others may have a share in it. */
    default void sumRows(Tensor matrix, GradientTarget sum) {
        Tensor row = sum.tensor().reshape(1, sum.tensor().length());
        tape().matmul(ones(matrix.size(0)), false, matrix, false, row, sum.add());
    }
}
