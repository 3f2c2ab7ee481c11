package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * Where the steps of a layer or a vertex go, and its parameters. A rule composes steps: each applies a {@link Kernel} to
 * values, and gives a value that the next ones read. One parameter array may be an operand of many steps.
 *
 * @since 0.2.0
 */
public interface StepScope {

    /** The layer or vertex, as the user knows it. */
    String name();

    /** The state in which it is evaluated: frozen layers predict even while the network trains. */
    ObjectiveMode mode();

    /** Order of the axes of the network's images; {@link Value}s have their channels last always. */
    CNN2DFormat format();

    /** Order of the axes of the network's sequences; {@link Value}s are {@code [time, size]} always. */
    RNNFormat sequenceFormat();

    /** The error that the layer is not covered, for a reason that follows its name: {@code has the activation ...}. */
    UnsupportedNetworkException unsupported(String reason);

    /**
     * Says that what reads masks here knows zeros and ones alone, so that a probe whose features have a mask of other numbers is not
     * covered.
     *
     * @param reason that follows the name: {@code attends by a mask ...}
     */
    void requireBinaryMasks(String reason);

    /** DL4J's key of one of the layer's arrays. */
    String key(String parameter);

    /** One of the layer's arrays, in the order of axes that {@link #pack} gave it. */
    default Operand parameter(String parameter) {
        return new Operand.Parameter(key(parameter));
    }

    /**
     * Lays an array out with its axes in another order than DL4J's, as kernels want it. It is the same for all steps.
     *
     * @param parameter by DL4J's name, without the layer's
     */
    void pack(String parameter, int... axes);

    /**
     * Lays an array of the shape of an example out as values lie, with the channels last.
     *
     * @param parameter by DL4J's name, without the layer's
     * @param rank of an example
     */
    void packAsValue(String parameter, int rank);

    /** Says that the rows of a weight multiply a flattened image, whose elements the network numbers otherwise. */
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

    /** Adds a step that treats every element alike, so that its output lies as its input does, with its mask. */
    Value elementwise(Kernel kernel, Value input);

    /**
     * Adds x W + b along the last axis of an example.
     *
     * @param weight {@code [in, out]}
     * @param bias {@code [out]}, null for none
     * @param size out
     */
    Value affine(Value input, Operand weight, @Nullable Operand bias, long size);

    /** Adds a linear combination of values of the first one's shape; axes of size 1 of later ones stand for any size. */
    Value combine(List<Value> values, double... coefficients);

    /** Adds the product of two values of one shape, element by element; axes of size 1 of y stand for any size. */
    Value multiply(Value x, Value y);

    /** Adds zeros where the value's mask has them; the mask is of the value's first axes, and stays. */
    Value masked(Value value);

    /** Adds the sum over an axis of an example, which the result does not have, nor a mask. */
    Value sum(Value value, int axis);

    /** The elements from (inclusive) to (exclusive) on an axis of an example, as a view. */
    Value slice(Value value, int axis, long from, long to);

    /** The elements at one place of an axis of an example, without that axis, as a view: a time step, say. */
    Value select(Value value, int axis, long index);

    /** The same elements in another shape of an example; a view is copied first. */
    Value reshape(Value value, long... shape);

    /** Several values of one shape but for one axis, one after another on it. */
    Value concatenate(List<Value> values, int axis);

    /** A flattened image with its elements in the order in which the network numbers them; others as they are. */
    Value inNetworkOrder(Value value);

    /** Whether the network has the channels of examples of a rank before their other axes. */
    boolean channelsFirst(int rank);

    /** Images, sequences or volumes with their axes as the network has them. */
    Value toNetworkOrder(Value value);

    /** Values with their axes as the network has them, with the channels last. */
    Value fromNetworkOrder(Value value);
}
