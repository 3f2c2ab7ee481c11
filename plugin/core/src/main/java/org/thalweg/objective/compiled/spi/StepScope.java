package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * The steps of a layer or a vertex and its parameters. A rule composes steps: each applies a {@link Kernel} to values
 * and returns a value for later steps. One parameter array may be an operand of many steps.
 *
 * @since 0.2.0
 */
public interface StepScope {

    /** The layer or vertex by the name that users know. */
    String name();

    /** The mode in which it is evaluated: frozen layers predict even while the network trains. */
    ObjectiveMode mode();

    /** Order of the axes of the network's images; {@link Value}s have their channels last always. */
    CNN2DFormat format();

    /** Order of the axes of the network's sequences; {@link Value}s are {@code [time, size]} always. */
    RNNFormat sequenceFormat();

    /**
     * The error for a layer that is not covered, with a reason that follows its name: {@code has the activation ...}.
     */
    UnsupportedNetworkException unsupported(String reason);

    /**
     * Declares that this layer or vertex supports only masks of zeros and ones, so that a probe whose features have a
     * mask of other numbers is not covered.
     *
     * @param reason that follows the name: {@code attends by a mask ...}
     */
    void requireBinaryMasks(String reason);

    /**
     * Declares that this layer or vertex supports only masks of type DOUBLE, because ND4J computes something else of
     * others; the network may have any type.
     *
     * @param reason that follows the name: {@code pools a mask ...}
     */
    void requireDoubleMasks(String reason);

    /** DL4J's key of one of the layer's arrays. */
    String key(String parameter);

    /** One of the layer's arrays, in the order of axes that {@link #pack} gave it. */
    default Operand parameter(String parameter) {
        return new Operand.Parameter(key(parameter));
    }

    /**
     * Lays an array out with its axes in the kernels' order instead of DL4J's. All steps share the layout.
     *
     * @param parameter by DL4J's name, without the layer's
     */
    void pack(String parameter, int... axes);

    /**
     * Lays out an array of an example's shape like values, with channels last.
     *
     * @param parameter by DL4J's name, without the layer's
     * @param rank of an example
     */
    void packAsValue(String parameter, int rank);

    /** Declares that the rows of a weight multiply a flattened image, whose elements the network orders differently. */
    void rowsOfImage(String parameter, long[] image);

    /**
     * Adds a step.
     *
     * @param inputs read; a view among them is copied first unless the kernel accepts it
     * @param operands the kernel's parameter arrays by the kernel's names
     * @param outputShape of one example
     * @return what the step writes, without a mask
     */
    Value step(Kernel kernel, List<Value> inputs, Map<String, Operand> operands, long... outputShape);

    /** Adds a step without parameter arrays. */
    default Value step(Kernel kernel, List<Value> inputs, long... outputShape) {
        return step(kernel, inputs, Map.of(), outputShape);
    }

    /** Adds a step of one input without parameter arrays. */
    default Value step(Kernel kernel, Value input, long... outputShape) {
        return step(kernel, List.of(input), Map.of(), outputShape);
    }

    /** Adds an element-wise step: its output has its input's layout and mask. */
    Value elementwise(Kernel kernel, Value input);

    /**
     * Adds x W + b along the last axis of an example.
     *
     * @param weight {@code [in, out]}
     * @param bias {@code [out]}, null for none
     * @param size out
     */
    Value affine(Value input, Operand weight, @Nullable Operand bias, long size);

    /** Adds a linear combination of values of the first one's shape; axes of size 1 in later ones are broadcast. */
    Value combine(List<Value> values, double... coefficients);

    /** Adds the product of two values of one shape, element by element; axes of size 1 in y are broadcast. */
    Value multiply(Value x, Value y);

    /** Sets the value to zero where its mask is zero; the mask covers the value's first axes and stays. */
    Value masked(Value value);

    /** Adds the sum over an axis of an example; the result has neither that axis nor a mask. */
    Value sum(Value value, int axis);

    /** The elements from (inclusive) to (exclusive) on an axis of an example, as a view. */
    Value slice(Value value, int axis, long from, long to);

    /** The elements at one index of an axis of an example, without that axis, as a view, such as a time step. */
    Value select(Value value, int axis, long index);

    /** The same elements in another shape of an example; a view is copied first. */
    Value reshape(Value value, long... shape);

    /** Joins several values along one axis; their other axes must agree. */
    Value concatenate(List<Value> values, int axis);

    /** A flattened image with its elements in the network's order; other values unchanged. */
    Value inNetworkOrder(Value value);

    /** Whether the network puts the channels of examples of a rank before their other axes. */
    boolean channelsFirst(int rank);

    /** Images, sequences or volumes with their axes in the network's order. */
    Value toNetworkOrder(Value value);

    /** Values in the network's order of axes, converted to channels last. */
    Value fromNetworkOrder(Value value);
}
