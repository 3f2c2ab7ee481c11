package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.AxisSlice;
import org.thalweg.objective.compiled.internal.kernel.AxisSum;
import org.thalweg.objective.compiled.internal.kernel.Concatenation;
import org.thalweg.objective.compiled.internal.kernel.Dense;
import org.thalweg.objective.compiled.internal.kernel.ElementwiseProduct;
import org.thalweg.objective.compiled.internal.kernel.LinearCombination;
import org.thalweg.objective.compiled.internal.kernel.Masking;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.Value;

/** The common part of layers and vertices during compilation. */
abstract class StepCompilation implements StepScope {

    private final String keys;
    private final String name;
    private final ObjectiveMode mode;
    private final DataFormats formats;
    private final ProgramBuilder builder;

    /** @param keys prefix of DL4J's keys of the layer's arrays */
    StepCompilation(String keys, String name, ObjectiveMode mode, DataFormats formats, ProgramBuilder builder) {
        this.keys = keys;
        this.name = name;
        this.mode = mode;
        this.formats = formats;
        this.builder = builder;
    }

    /** Prefix of DL4J's keys of the layer's arrays. */
    final String keys() {
        return keys;
    }

    final DataFormats formats() {
        return formats;
    }

    final ProgramBuilder builder() {
        return builder;
    }

    /** Rejects a mask that a rule would ignore. */
    final void requireMask(boolean accepted, Value input) {
        if (input.mask() != null && !accepted) {
            throw unsupported("has an input with a mask, which is not covered");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ObjectiveMode mode() {
        return mode;
    }

    @Override
    public CNN2DFormat format() {
        return formats.images();
    }

    @Override
    public RNNFormat sequenceFormat() {
        return formats.sequences();
    }

    @Override
    public UnsupportedNetworkException unsupported(String reason) {
        return new UnsupportedNetworkException(name, reason);
    }

    @Override
    public void requireBinaryMasks(String reason) {
        builder.requireBinaryMasks(unsupported(reason));
    }

    @Override
    public void requireDoubleMasks(String reason) {
        builder.requireDoubleMasks(unsupported(reason));
    }

    @Override
    public String key(String parameter) {
        return keys + parameter;
    }

    @Override
    public void pack(String parameter, int... axes) {
        builder.pack(key(parameter), axes);
    }

    @Override
    public void packAsValue(String parameter, int rank) {
        if (formats.channelsFirst(rank + 1)) {
            pack(parameter, channelsLast(rank));
        }
    }

    @Override
    public void rowsOfImage(String parameter, long[] image) {
        builder.rowsOfImage(key(parameter), image);
    }

    @Override
    public Value step(Kernel kernel, List<Value> inputs, Map<String, Operand> operands, long... outputShape) {
        return builder.step(name, kernel, inputs, operands, outputShape);
    }

    @Override
    public Value elementwise(Kernel kernel, Value input) {
        return builder.elementwise(name, kernel, input);
    }

    @Override
    public Value affine(Value input, Operand weight, @Nullable Operand bias, long size) {
        long[] shape = input.shape();
        shape[shape.length - 1] = size;
        return step(new Dense(), List.of(input), AffineKernel.operands(weight, bias), shape)
                .withMask(input.mask());
    }

    @Override
    public Value combine(List<Value> values, double... coefficients) {
        return step(new LinearCombination(coefficients), values, values.get(0).shape())
                .withMask(values.get(0).mask());
    }

    @Override
    public Value multiply(Value x, Value y) {
        return step(new ElementwiseProduct(), List.of(x, y), x.shape()).withMask(x.mask());
    }

    @Override
    public Value masked(Value value) {
        Value mask = value.rank() == 2 ? Steps.mask(this, value) : value.mask();
        return mask == null
                ? value
                : step(new Masking(), List.of(value, mask), value.shape()).withMask(mask);
    }

    @Override
    public Value sum(Value value, int axis) {
        return step(new AxisSum(axis), value, without(axis, value.shape()));
    }

    private static long[] without(int axis, long[] shape) {
        long[] rest = new long[shape.length - 1];
        System.arraycopy(shape, 0, rest, 0, axis);
        System.arraycopy(shape, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    @Override
    public Value slice(Value value, int axis, long from, long to) {
        long[] shape = value.shape();
        shape[axis] = to - from;
        return step(new AxisSlice(axis, from, to, false), value, shape);
    }

    @Override
    public Value select(Value value, int axis, long index) {
        return step(new AxisSlice(axis, index, index + 1, true), value, without(axis, value.shape()));
    }

    @Override
    public Value reshape(Value value, long... shape) {
        return builder.dense(name, value).reshaped(shape);
    }

    @Override
    public Value concatenate(List<Value> values, int axis) {
        long[] shape = values.get(0).shape();
        long[] sizes = new long[values.size()];
        for (int i = 0; i < sizes.length; i++) {
            long[] same = values.get(i).shape();
            boolean fits = same.length == shape.length;
            if (fits) {
                sizes[i] = same[axis];
                same[axis] = shape[axis];
            }
            if (!fits || !Arrays.equals(same, shape)) {
                throw unsupported("merges " + values.get(0) + " and " + values.get(i) + ", which differ in more than "
                        + (axis == shape.length - 1 ? "channels" : "axis " + axis));
            }
        }
        shape[axis] = Arrays.stream(sizes).sum();
        return step(new Concatenation(axis, sizes), values, shape);
    }

    @Override
    public Value inNetworkOrder(Value value) {
        return builder.inNetworkOrder(name, value);
    }

    @Override
    public boolean channelsFirst(int rank) {
        return formats.channelsFirst(rank + 1);
    }

    @Override
    public Value toNetworkOrder(Value value) {
        if (value.rank() == 1 || !formats.channelsFirst(value.rank() + 1)) {
            return inNetworkOrder(value);
        }
        int[] axes = IntStream.range(0, value.rank())
                .map(axis -> axis == 0 ? value.rank() - 1 : axis - 1)
                .toArray();
        return transposed(value, axes);
    }

    @Override
    public Value fromNetworkOrder(Value value) {
        if (!formats.channelsFirst(value.rank() + 1)) {
            return value;
        }
        return transposed(value, channelsLast(value.rank()));
    }

    /** The axes of an example with channels first, in the order that puts channels last. */
    private static int[] channelsLast(int rank) {
        return IntStream.range(0, rank).map(axis -> (axis + 1) % rank).toArray();
    }

    private Value transposed(Value value, int[] axes) {
        long[] shape = Arrays.stream(axes).mapToLong(value::size).toArray();
        return step(new Transposition(axes), value, shape);
    }
}
