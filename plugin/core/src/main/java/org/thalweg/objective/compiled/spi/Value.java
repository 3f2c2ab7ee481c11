package org.thalweg.objective.compiled.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value that steps read or write.
 *
 * @param slot index of its tensor; several values may be the same tensor in different shapes
 * @param shape of one example: {@code [height, width, channels]} of images, {@code [time, size]} of sequences, or
 *     {@code [size]}
 * @param image for a flattened image, the {@code [height, width, channels]} in whose order its elements lie, while the
 *     network orders them channel by channel; null if both orders agree
 * @param mask which of its elements count, for a sequence {@code [time]}; zeros and ones unless the probe has other
 *     numbers ({@link StepScope#requireBinaryMasks}). It is an ordinary value, so an operand of the steps that need it;
 *     null if all elements count
 * @param perExample the number of entries on the tensor's first axis per example: the steps of its sequence, or the
 *     pixels of a block, if DL4J folds them into the examples; otherwise 1
 * @param stepsAsExamples whether DL4J has the steps of this sequence {@code [time, size]} as examples, which are vectors
 *     there: between dense layers. What a layer does with all axes of an example, it then does with each step
 * @since 0.2.0
 */
public record Value(
        int slot,
        long[] shape,
        long @Nullable [] image,
        @Nullable Value mask,
        long perExample,
        boolean stepsAsExamples) {

    public Value {
        shape = shape.clone();
        image = image == null ? null : image.clone();
        stepsAsExamples &= shape.length == 2;
    }

    /** A value whose elements all count and are in the network's order. */
    public Value(int slot, long... shape) {
        this(slot, shape, null, null, 1, false);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long @Nullable [] image() {
        return image == null ? null : image.clone();
    }

    /** The same value with another mask or none. */
    public Value withMask(@Nullable Value other) {
        return new Value(slot, shape, image, other, perExample, stepsAsExamples);
    }

    /** The same value with its steps as examples or not; always not if it is no sequence. */
    public Value withStepsAsExamples(boolean other) {
        return new Value(slot, shape, image, mask, perExample, other);
    }

    /** A value with this one's layout and mask in another slot. */
    public Value in(int other) {
        return new Value(other, shape, image, mask, perExample, stepsAsExamples);
    }

    /** The same elements in another shape, in the network's order, without a mask. */
    public Value reshaped(long... other) {
        return new Value(slot, other, null, null, perExample, false);
    }

    /** The same elements with the first axis of an example folded into the examples; the value must be row-major. */
    public Value folded() {
        return new Value(slot, Arrays.copyOfRange(shape, 1, shape.length), null, null, perExample * shape[0], false);
    }

    /** The same elements with the folded axis as an example's first axis again, the opposite of {@link #folded}. */
    public Value unfolded() {
        return new Value(slot, batch(1));
    }

    public int rank() {
        return shape.length;
    }

    public long size(int axis) {
        return shape[axis];
    }

    /** Channels of an image, size of anything else. */
    public long channels() {
        return shape[shape.length - 1];
    }

    /** Elements of one example. */
    public long length() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The tensor's shape for a batch, {@code [n, ...]}; n is {@link #perExample} times the examples. */
    public long[] batch(long examples) {
        long[] batch = new long[shape.length + 1];
        batch[0] = examples * perExample;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    @Override
    public String toString() {
        return Arrays.toString(shape);
    }
}
