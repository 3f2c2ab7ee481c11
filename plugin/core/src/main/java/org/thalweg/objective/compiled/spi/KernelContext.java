package org.thalweg.objective.compiled.spi;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a kernel stands in a recording: the arrays of one step, for one batch. */
public interface KernelContext {

    /** What is being recorded. */
    Tape tape();

    EvaluationKind purpose();

    /** Number of examples, n. */
    int examples();

    INDArray input(int i);

    INDArray output();

    /** Whether an input depends on a parameter; only then it has a gradient to be computed. */
    boolean active(int i);

    /** Whether an input is the probe itself, the same in every run of the recording. */
    boolean constant(int i);

    /** Gradient of the loss with respect to the output. */
    INDArray outputDelta();

    /** Where the gradient of the loss with respect to an active input is written to. */
    INDArray inputDelta(int i);

    /** Derivative of an input along the direction; zeros for an inactive one. */
    INDArray inputTangent(int i);

    INDArray outputTangent();

    INDArray outputDeltaTangent();

    INDArray inputDeltaTangent(int i);

    /** A parameter array by the name the step gave it. */
    Weights weights(String name);

    /** Whether the step has such a parameter array. */
    boolean has(String name);

    /** Whether there is memory for unrolled windows between the products of a Hessian. */
    boolean keepsWindows();

    /** An array of this context that later methods find again under the same name. */
    INDArray keep(String name, long... shape);

    /** As {@link #keep}, for numbers of elements. */
    int[] keepIndices(String name, long length);

    /** An array that is free again when the method ends. */
    INDArray scratch(long... shape);

    /** An array that is filled while recording and changed by no run, made when first asked for. */
    INDArray permanent(String name, Supplier<INDArray> make);

    /** Zeros that nobody writes to. */
    INDArray zeros(long... shape);

    /** Row vector of ones, {@code [1, n]}: a product with it sums the rows of a matrix at the speed of a product. */
    INDArray ones(long n);

    /**
     * Randomness of an example, the same in every recording.
     *
     * @param draw number of the step among those that draw
     * @param example number within the batch
     */
    SplittableRandom random(int draw, int example);
}
