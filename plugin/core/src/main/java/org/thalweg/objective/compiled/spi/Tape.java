package org.thalweg.objective.compiled.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named ops on tensors, in order. A tape is data: it is recorded once, bound to memory by an executor, and run any
 * number of times. Each method records one op of {@link Op}, where shapes and semantics are described, and checks what
 * would otherwise fail only in a run.
 *
 * <p>Confined to one thread at a time.
 *
 * @since 0.2.0
 */
public final class Tape {

    private static final double[] NO_REALS = {};

    private final List<Instruction> instructions = new ArrayList<>();

    /** What has been recorded; a live view. */
    public List<Instruction> instructions() {
        return Collections.unmodifiableList(instructions);
    }

    /** z = x. */
    public void copy(Tensor x, Tensor z) {
        broadcast(Op.COPY, z, x);
        add(Op.COPY, List.of(x), z);
    }

    /** z = value. */
    public void fill(double value, Tensor z) {
        add(Op.FILL, List.of(), z, new double[] {value});
    }

    /** z = x + y. */
    public void add(Tensor x, Tensor y, Tensor z) {
        arithmetic(Op.ADD, x, y, z);
    }

    /** z = x - y. */
    public void subtract(Tensor x, Tensor y, Tensor z) {
        arithmetic(Op.SUBTRACT, x, y, z);
    }

    /** z = x y, element by element; a vector y multiplies each row. */
    public void multiply(Tensor x, Tensor y, Tensor z) {
        arithmetic(Op.MULTIPLY, x, y, z);
    }

    /** z = x / y, element by element. */
    public void divide(Tensor x, Tensor y, Tensor z) {
        arithmetic(Op.DIVIDE, x, y, z);
    }

    /** z = max(x, y), element by element. */
    public void maximum(Tensor x, Tensor y, Tensor z) {
        arithmetic(Op.MAXIMUM, x, y, z);
    }

    /** z = factor x. */
    public void scale(double factor, Tensor x, Tensor z) {
        same(Op.SCALE, x, z);
        add(Op.SCALE, List.of(x), z, new double[] {factor});
    }

    /** z = x + summand. */
    public void shift(Tensor x, double summand, Tensor z) {
        same(Op.SHIFT, x, z);
        add(Op.SHIFT, List.of(x), z, new double[] {summand});
    }

    /** Adds a vector to each row of z, in place. */
    public void addToRows(Tensor vector, Tensor z) {
        if (vector.rank() != 1 || vector.length() != z.size(z.rank() - 1)) {
            throw refused(Op.ADD_TO_ROWS, "needs a vector as long as the last axis", vector, z);
        }
        add(Op.ADD_TO_ROWS, List.of(vector), z);
    }

    /** z = f(x). */
    public void function(UnaryFunction function, Tensor x, Tensor z, double... parameters) {
        same(Op.FUNCTION, x, z);
        add(Op.FUNCTION, List.of(x), z, parameters, function.code());
    }

    /** z = f'(x), with y = f(x). */
    public void functionSlope(UnaryFunction function, Tensor x, Tensor y, Tensor z, double... parameters) {
        derivative(Op.FUNCTION_SLOPE, function.hasDerivatives(), function, x, y, z, parameters);
    }

    /** z = f''(x), with y = f(x). */
    public void functionSecondDerivative(UnaryFunction function, Tensor x, Tensor y, Tensor z, double... parameters) {
        boolean known = function.hasDerivatives() && !function.piecewiseLinear();
        derivative(Op.FUNCTION_SECOND_DERIVATIVE, known, function, x, y, z, parameters);
    }

    /** The softmax of each row of a matrix. */
    public void softmax(Tensor x, Tensor z) {
        same(Op.SOFTMAX, x, z);
        add(Op.SOFTMAX, List.of(x), z);
    }

    /** z = (x - mean) / sqrt(variance) * gamma + beta, along the last axis. */
    public void normalize(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, Tensor z) {
        same(Op.NORMALIZE, x, z);
        add(Op.NORMALIZE, List.of(x, mean, variance, gamma, beta), z);
    }

    /** z = x y, each transposed or not. */
    public void matmul(Tensor x, boolean transposeX, Tensor y, boolean transposeY, Tensor z) {
        matmul(x, transposeX, y, transposeY, z, false);
    }

    /** z = x y, or z = z + x y, each transposed or not. */
    public void matmul(Tensor x, boolean transposeX, Tensor y, boolean transposeY, Tensor z, boolean add) {
        int rank = z.rank();
        boolean fits = rank >= 2 && x.rank() == rank && y.rank() == rank;
        if (fits) {
            long[] left = transposeX ? swapped(x.shape()) : x.shape();
            long[] right = transposeY ? swapped(y.shape()) : y.shape();
            fits = left[rank - 1] == right[rank - 2]
                    && left[rank - 2] == z.size(rank - 2)
                    && right[rank - 1] == z.size(rank - 1)
                    && Arrays.equals(left, 0, rank - 2, z.shape(), 0, rank - 2)
                    && Arrays.equals(right, 0, rank - 2, z.shape(), 0, rank - 2);
        }
        if (!fits) {
            throw refused(Op.MATMUL, "needs matrices that fit", x, y, z);
        }
        add(Op.MATMUL, List.of(x, y), z, new double[] {add ? 1 : 0}, transposeX ? 1 : 0, transposeY ? 1 : 0);
    }

    /** The sum over some axes; z does not have them. */
    public void sum(Tensor x, Tensor z, int... axes) {
        add(Op.SUM, List.of(x), z, NO_REALS, Arrays.stream(axes).asLongStream().toArray());
    }

    /** The inputs one after another on an axis. */
    public void concatenate(List<Tensor> inputs, int axis, Tensor z) {
        add(Op.CONCATENATE, inputs, z, NO_REALS, axis);
    }

    /** Zeros before and after x on each axis. */
    public void pad(Tensor x, Tensor z, long... widths) {
        if (widths.length != 2 * x.rank()) {
            throw refused(Op.PAD, "needs two widths an axis, got " + Arrays.toString(widths), x, z);
        }
        add(Op.PAD, List.of(x), z, NO_REALS, widths);
    }

    /** Row k of z is row {@code rows[k]} of x. */
    public void gatherRows(Tensor x, Tensor rows, Tensor z) {
        add(Op.GATHER_ROWS, List.of(x, rows), z);
    }

    /** Element k of z is element {@code places[k]} of x. */
    public void gather(Tensor x, Tensor places, Tensor z) {
        add(Op.GATHER, List.of(x, places), z);
    }

    /** Row r of z is the sum of the rows of x that {@code order} lists from {@code starts[r]} to {@code starts[r + 1] - 1}. */
    public void scatterRows(Tensor x, Tensor starts, Tensor order, Tensor z) {
        boolean fits = x.rank() == 2 && z.rank() == 2 && x.size(1) == z.size(1);
        if (!fits || starts.length() != z.size(0) + 1 || order.length() != x.size(0)) {
            throw refused(
                    Op.SCATTER_ROWS,
                    "needs matrices of as many columns, the place of each row of x and one start more than z has rows",
                    x,
                    starts,
                    order,
                    z);
        }
        dense(Op.SCATTER_ROWS, x, starts, order, z);
        add(Op.SCATTER_ROWS, List.of(x, starts, order), z);
    }

    /**
     * The cross-correlation of images with filters.
     *
     * @param bias {@code [out]}, null for none
     * @param window its nine integers
     */
    public void convolution(Tensor x, Tensor filters, @Nullable Tensor bias, Tensor z, long... window) {
        if (x.rank() != 4 || filters.rank() != 4 || x.size(3) != filters.size(2) || z.size(3) != filters.size(3)) {
            throw refused(Op.CONVOLUTION, "needs images and filters of as many channels", x, filters, z);
        }
        List<Tensor> inputs = bias == null ? List.of(x, filters) : List.of(x, filters, bias);
        add(Op.CONVOLUTION, inputs, z, NO_REALS, window);
    }

    /** The adjoints of a convolution: its window, and which of the two are needed. */
    public void convolutionAdjoint(
            Tensor x, Tensor filters, Tensor delta, Tensor inputDelta, Tensor filterDelta, long... windowAndWanted) {
        instructions.add(new Instruction(
                Op.CONVOLUTION_ADJOINT,
                "",
                List.of(x, filters, delta),
                List.of(inputDelta, filterDelta),
                NO_REALS,
                windowAndWanted));
    }

    /**
     * Each channel of images convolved with a filter of its own.
     *
     * @param filters {@code [height, width, channels]}
     * @param bias {@code [channels]}, null for none
     * @param window its nine integers
     */
    public void depthwiseConvolution(Tensor x, Tensor filters, @Nullable Tensor bias, Tensor z, long... window) {
        if (x.rank() != 4 || filters.rank() != 3 || x.size(3) != filters.size(2) || z.size(3) != filters.size(2)) {
            throw refused(Op.DEPTHWISE_CONVOLUTION, "needs images and filters of as many channels", x, filters, z);
        }
        dense(Op.DEPTHWISE_CONVOLUTION, x, filters, z);
        List<Tensor> inputs = bias == null ? List.of(x, filters) : List.of(x, filters, bias);
        add(Op.DEPTHWISE_CONVOLUTION, inputs, z, NO_REALS, window);
    }

    /** The gradient of a depthwise convolution's filters. */
    public void depthwiseWeightGradient(Tensor x, Tensor delta, Tensor filters, long... window) {
        dense(Op.DEPTHWISE_WEIGHT_GRADIENT, x, delta, filters);
        add(Op.DEPTHWISE_WEIGHT_GRADIENT, List.of(x, delta), filters, NO_REALS, window);
    }

    /** The windows of images, one per row. */
    public void unrollWindows(Tensor x, Tensor z, long... windowAndCounts) {
        dense(Op.UNROLL_WINDOWS, x);
        add(Op.UNROLL_WINDOWS, List.of(x), z, NO_REALS, windowAndCounts);
    }

    /** Rearranges filters: one of {@link Op#TURN_FILTERS} and the two ops after it. */
    public void rearrangeFilters(Op order, Tensor x, Tensor z) {
        dense(order, x, z);
        add(order, List.of(x), z);
    }

    /** The maximum of each window. */
    public void maxPool(Tensor x, Tensor z, long... window) {
        add(Op.MAX_POOL, List.of(x), z, NO_REALS, window);
    }

    /** Each element of delta goes to the place of its window's maximum. */
    public void maxPoolAdjoint(Tensor x, Tensor delta, Tensor inputDelta, long... window) {
        add(Op.MAX_POOL_ADJOINT, List.of(x, delta), inputDelta, NO_REALS, window);
    }

    /** The places of the windows' maxima. */
    public void maxPoolPlaces(Tensor x, Tensor places, long... windowAndCounts) {
        dense(Op.MAX_POOL_PLACES, x, places);
        add(Op.MAX_POOL_PLACES, List.of(x), places, NO_REALS, windowAndCounts);
    }

    /** The mean of each window. */
    public void averagePool(Tensor x, Tensor z, long... windowAndDivisor) {
        add(Op.AVERAGE_POOL, List.of(x), z, NO_REALS, windowAndDivisor);
    }

    /** The adjoint of the mean of each window. */
    public void averagePoolAdjoint(Tensor x, Tensor delta, Tensor inputDelta, long... windowAndDivisor) {
        add(Op.AVERAGE_POOL_ADJOINT, List.of(x, delta), inputDelta, NO_REALS, windowAndDivisor);
    }

    /**
     * One of {@link Op#LOSS}, {@link Op#LOSS_SLOPE} and {@link Op#LOSS_SECOND_DERIVATIVE}; the last has the tangent as second input.
     */
    public void loss(Op order, LossFunction function, double scale, double parameter, List<Tensor> inputs, Tensor z) {
        add(order, inputs, z, new double[] {scale, parameter}, function.code());
    }

    /**
     * Counts correct predictions.
     *
     * @param mask null where all count
     * @param threshold of an entry, NaN for the largest entry of a row
     */
    public void countCorrect(Tensor outputs, Tensor labels, @Nullable Tensor mask, double threshold, Tensor sum) {
        List<Tensor> inputs = mask == null ? List.of(outputs, labels) : List.of(outputs, labels, mask);
        add(Op.COUNT_CORRECT, inputs, sum, new double[] {threshold}, Double.isNaN(threshold) ? 0 : 1);
    }

    /**
     * Long short-term memory over sequences.
     *
     * @param outputs what {@link Op#LSTM} writes
     */
    public void lstm(Tensor x, Tensor weights, Tensor recurrent, Tensor bias, List<Tensor> outputs, boolean backwards) {
        Tensor h = outputs.get(0);
        long gates = 4 * h.size(2);
        boolean fits =
                x.rank() == 3 && weights.size(1) == gates && recurrent.size(1) == gates && bias.length() == gates;
        if (!fits || h.size(1) != x.size(1) || weights.size(0) != x.size(2) || recurrent.size(0) != h.size(2)) {
            throw refused(Op.LSTM, "needs weights of four gates that fit", x, weights, recurrent, bias, h);
        }
        dense(Op.LSTM, x, weights, recurrent, bias, h);
        instructions.add(new Instruction(
                Op.LSTM, "", List.of(x, weights, recurrent, bias), outputs, NO_REALS, new long[] {backwards ? 1 : 0}));
    }

    /**
     * Long short-term memory step by step.
     *
     * @param outputs what {@link Op#LSTM_STEPS} writes: the first, or all
     */
    public void lstmSteps(
            Tensor x, Tensor weights, Tensor recurrent, Tensor bias, List<Tensor> outputs, boolean backwards) {
        Tensor h = outputs.get(0);
        long gates = 4 * h.size(2);
        boolean fits = x.rank() == 3
                && x.size(0) == h.size(0)
                && x.size(1) == h.size(1)
                && Arrays.equals(weights.shape(), new long[] {x.size(2), gates})
                && Arrays.equals(recurrent.shape(), new long[] {h.size(2), gates})
                && bias.length() == gates;
        if (!fits) {
            throw refused(Op.LSTM_STEPS, "needs weights of four gates that fit", x, weights, recurrent, bias, h);
        }
        dense(Op.LSTM_STEPS, x, weights, recurrent, bias);
        dense(Op.LSTM_STEPS, outputs.toArray(new Tensor[0]));
        long[] order = {backwards ? 1 : 0};
        instructions.add(
                new Instruction(Op.LSTM_STEPS, "", List.of(x, weights, recurrent, bias), outputs, NO_REALS, order));
    }

    /**
     * Derivatives of the steps of long short-term memory.
     *
     * @param inputs recurrent weights, forget gates, the gates' factors and the cells' factors
     * @param outputs of gates, cells and outputs
     */
    public void lstmTangentSteps(List<Tensor> inputs, List<Tensor> outputs, boolean backwards) {
        lstmRecurrence(Op.LSTM_TANGENT_STEPS, inputs, outputs, backwards ? 1 : 0);
    }

    /**
     * The adjoint of {@link #lstmTangentSteps}, with the same inputs.
     *
     * @param add whether what is in the first two outputs counts
     */
    public void lstmAdjointSteps(List<Tensor> inputs, List<Tensor> outputs, boolean backwards, boolean add) {
        lstmRecurrence(Op.LSTM_ADJOINT_STEPS, inputs, outputs, backwards ? 1 : 0, add ? 1 : 0);
    }

    private void lstmRecurrence(Op op, List<Tensor> inputs, List<Tensor> outputs, long... integers) {
        Tensor h = outputs.get(2);
        Tensor z = outputs.get(0);
        Tensor recurrent = inputs.get(0);
        boolean fits = z.rank() == 4
                && z.size(0) == 4
                && Arrays.equals(z.select(0, 0).shape(), h.shape())
                && Arrays.equals(inputs.get(2).shape(), z.shape())
                && Arrays.equals(inputs.get(1).shape(), h.shape())
                && Arrays.equals(inputs.get(3).shape(), h.shape())
                && Arrays.equals(outputs.get(1).shape(), h.shape())
                && Arrays.equals(recurrent.shape(), new long[] {h.size(2), 4 * h.size(2)});
        if (!fits) {
            throw refused(op, "needs four gates of every step", recurrent, z, h);
        }
        dense(op, inputs.toArray(new Tensor[0]));
        dense(op, outputs.toArray(new Tensor[0]));
        instructions.add(new Instruction(op, "", inputs, outputs, NO_REALS, integers));
    }

    /** A user's own routine, by the name of its {@link HostRoutine}. */
    public void host(String routine, List<Tensor> inputs, List<Tensor> outputs, double[] reals, long... integers) {
        instructions.add(new Instruction(Op.HOST, routine, inputs, outputs, reals, integers));
    }

    private void arithmetic(Op op, Tensor x, Tensor y, Tensor z) {
        broadcast(op, z, x, y);
        add(op, List.of(x, y), z);
    }

    private void derivative(
            Op op, boolean known, UnaryFunction function, Tensor x, Tensor y, Tensor z, double[] parameters) {
        same(op, x, z);
        if (!known) {
            throw refused(op, "does not know the derivative of " + function, x, z);
        }
        add(op, List.of(x, y), z, parameters, function.code());
    }

    /** Adds an instruction that was recorded elsewhere, without a check. */
    public void record(Instruction instruction) {
        instructions.add(instruction);
    }

    private void add(Op op, List<Tensor> inputs, Tensor output) {
        add(op, inputs, output, NO_REALS);
    }

    private void add(Op op, List<Tensor> inputs, Tensor output, double[] reals, long... integers) {
        instructions.add(new Instruction(op, "", inputs, List.of(output), reals, integers));
    }

    private static void same(Op op, Tensor x, Tensor z) {
        if (x.length() != z.length()) {
            throw refused(op, "needs tensors of one length", x, z);
        }
    }

    private static void dense(Op op, Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (!tensor.contiguous()) {
                throw refused(op, "needs dense tensors; copy them first", tensors);
            }
        }
    }

    private static void broadcast(Op op, Tensor z, Tensor... inputs) {
        for (Tensor x : inputs) {
            for (int back = 1; back <= x.rank(); back++) {
                long size = x.size(x.rank() - back);
                if (size != 1 && (back > z.rank() || size != z.size(z.rank() - back))) {
                    throw refused(op, "cannot broadcast " + x, z);
                }
            }
        }
        if (z.broadcasts()) {
            throw refused(op, "cannot write to a broadcast tensor", z);
        }
    }

    private static long[] swapped(long[] shape) {
        long last = shape[shape.length - 1];
        shape[shape.length - 1] = shape[shape.length - 2];
        shape[shape.length - 2] = last;
        return shape;
    }

    private static IllegalArgumentException refused(Op op, String why, Tensor... tensors) {
        return new IllegalArgumentException(op + " " + why + ": got " + Arrays.toString(tensors));
    }
}
