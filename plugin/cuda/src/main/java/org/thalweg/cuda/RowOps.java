package org.thalweg.cuda;

import static org.thalweg.cuda.CudaOps.name;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tensor;

/** Kernels of matrix products, sums and row-wise ops. */
final class RowOps {

    private static final int ROW_THREADS = 128;
    private static final int SUM_AXES = 6;

    /** Number of elements that one block sums before a sum is split among several. */
    private static final long SHARE = 16L * ROW_THREADS;

    private static final long MOST_SHARES = 256;

    private final KernelOperands operands;

    RowOps(KernelOperands operands) {
        this.operands = operands;
    }

    List<Launch> products(Instruction op) {
        Tensor z = op.output(0);
        int matrixAxis = z.rank() - 2;
        long stacks = Arrays.stream(z.shape()).limit(matrixAxis).reduce(1, (a, b) -> a * b);
        Operands stack = stacks == 1 ? null : stacking(op, matrixAxis);
        if (stack == null || stack.axes() == 1) {
            long[] strides = stack == null
                    ? new long[3]
                    : IntStream.range(0, 3)
                            .mapToLong(i -> stack.strides().get(i)[0])
                            .toArray();
            return stackedProducts(op, stacks, strides);
        }
        // Stacks whose axes cannot be joined are multiplied one after another.
        List<Launch> launches = new ArrayList<>();
        for (int i = 0; i < z.size(0); i++) {
            launches.addAll(products(new Instruction(
                    op.op(),
                    "",
                    List.of(op.input(0).select(0, i), op.input(1).select(0, i)),
                    List.of(z.select(0, i)),
                    op.reals(),
                    op.integers())));
        }
        return launches;
    }

    private static Operands stacking(Instruction op, int matrixAxis) {
        return Operands.of(
                first(op.output(0), matrixAxis),
                List.of(first(op.input(0), matrixAxis), first(op.input(1), matrixAxis)));
    }

    /** The first element of each matrix of a stack. */
    private static Tensor first(Tensor stack, int matrixAxis) {
        return stack.select(matrixAxis + 1, 0).select(matrixAxis, 0);
    }

    private List<Launch> stackedProducts(Instruction op, long stacks, long[] strides) {
        Tensor z = op.output(0);
        Tensor x = turned(op.input(0), op.integer(0) == 1);
        Tensor y = turned(op.input(1), op.integer(1) == 1);
        int row = z.rank() - 2;
        int column = z.rank() - 1;
        String kernel = "product_" + lie(x) + lie(y) + "_" + name(z);
        int tileRows = z.type() == ElementType.DOUBLE ? 64 : 128;
        List<Launch> launches = new ArrayList<>();
        long most = Launch.MOST / operands.points();
        for (long from = 0; from < stacks; from += most) {
            int bytes = z.type().bytes();
            long stack = Math.min(stacks - from, most);
            KernelArguments arguments = new KernelArguments()
                    .addresses(operands.address(x) + from * strides[0] * bytes)
                    .addresses(operands.address(y) + from * strides[1] * bytes)
                    .addresses(operands.address(z) + from * strides[2] * bytes)
                    .integers(z.size(row), z.size(column), x.size(column))
                    .longs(x.stride(row), x.stride(column), y.stride(row), y.stride(column))
                    .longs(z.stride(row), z.stride(column))
                    .integers(stack)
                    .longs(strides[0], strides[1], strides[2])
                    .longs(operands.distance(x), operands.distance(y), operands.distance(z))
                    .reals(1, op.real(0));
            launches.add(new Launch(
                    kernel,
                    Launch.blocks(z.size(row), tileRows),
                    Launch.blocks(z.size(column), 64),
                    stack * operands.points(),
                    Launch.THREADS,
                    arguments));
        }
        return launches;
    }

    private static Tensor turned(Tensor matrices, boolean transposed) {
        if (!transposed) {
            return matrices;
        }
        int[] axes = IntStream.range(0, matrices.rank()).toArray();
        axes[axes.length - 1] = axes.length - 2;
        axes[axes.length - 2] = axes.length - 1;
        return matrices.permute(axes);
    }

    private static char lie(Tensor matrix) {
        return matrix.stride(matrix.rank() - 1) == 1 || matrix.size(matrix.rank() - 1) == 1 ? 'n' : 't';
    }

    Launch softmax(Instruction op) {
        Tensor z = op.output(0);
        long columns = z.size(z.rank() - 1);
        KernelArguments arguments = new KernelArguments()
                .integers(z.length() / columns, columns)
                .addresses(operands.address(op.input(0)), operands.address(z))
                .longs(operands.distance(op.input(0)), operands.distance(z));
        return new Launch("softmax_" + name(z), z.length() / columns, 1, operands.points(), ROW_THREADS, arguments);
    }

    Launch normalization(Instruction op) {
        Tensor z = op.output(0);
        KernelArguments arguments = new KernelArguments().longs(z.length()).integers(z.size(z.rank() - 1));
        op.inputs().forEach(input -> arguments.addresses(operands.address(input)));
        arguments.addresses(operands.address(z));
        op.inputs().forEach(input -> arguments.longs(operands.distance(input)));
        arguments.longs(operands.distance(z));
        return Launch.elements("normalize_" + name(z), z.length(), operands.points(), arguments);
    }

    List<Launch> sum(Instruction op) {
        Tensor x = op.input(0);
        boolean[] summed = new boolean[x.rank()];
        for (long axis : op.integers()) {
            summed[(int) axis] = true;
        }
        int[] keptAxes =
                IntStream.range(0, x.rank()).filter(axis -> !summed[axis]).toArray();
        int[] summedAxes =
                IntStream.range(0, x.rank()).filter(axis -> summed[axis]).toArray();
        return sum(x, keptAxes, summedAxes, op.output(0));
    }

    private List<Launch> sum(Tensor x, int[] keptAxes, int[] summedAxes, Tensor z) {
        long[] kept = sizes(x, keptAxes);
        long results = product(kept);
        long elements = product(sizes(x, summedAxes));
        Summed target =
                new Summed(z.type(), kept, z.reshape(kept).strides(), operands.address(z), operands.distance(z));
        Summand source = new Summand(
                x.type(),
                operands.address(x),
                operands.distance(x),
                strides(x, keptAxes),
                sizes(x, summedAxes),
                strides(x, summedAxes));
        long shares = Math.max(1, Math.min(MOST_SHARES, Math.min(elements / SHARE, 4096 / results)));
        if (shares == 1) {
            return List.of(sum(source, target, 1));
        }
        long distance = shares * results;
        long parts = operands.scratch(distance, Double.BYTES);
        long[] dense = Tensor.rowMajor(kept);
        Summed shared = new Summed(ElementType.DOUBLE, kept, dense, parts, distance);
        Summand again =
                new Summand(ElementType.DOUBLE, parts, distance, dense, new long[] {shares}, new long[] {results});
        return List.of(sum(source, shared, shares), sum(again, target, 1));
    }

    private Launch sumOfDoubles(long from, long length, Tensor z) {
        long[] none = {};
        Summand source = new Summand(ElementType.DOUBLE, from, length, none, new long[] {length}, new long[] {1});
        return sum(source, new Summed(z.type(), none, none, operands.address(z), operands.distance(z)), 1);
    }

    /** A launch of {@code sum}; with several shares, the results of each follow those of the previous one. */
    private Launch sum(Summand x, Summed z, long shares) {
        long results = product(z.shape());
        long elements = product(x.summed());
        KernelArguments arguments = new KernelArguments()
                .integers(z.shape().length, x.summed().length)
                .integers(padded(z.shape()))
                .integers(padded(x.summed()))
                .longs(padded(x.keptStrides()))
                .longs(padded(z.strides()))
                .longs(padded(x.summedStrides()))
                .longs(results, elements, Launch.blocks(elements, shares))
                .addresses(x.address(), z.address())
                .integers(x.type() == ElementType.DOUBLE ? 1 : 0, z.type() == ElementType.DOUBLE ? 1 : 0)
                .longs(x.distance(), z.distance());
        return new Launch("sum", results, shares, operands.points(), ROW_THREADS, arguments);
    }

    /**
     * The summed tensor: its address and distance between points, strides of the remaining axes, sizes and strides of
     * the summed axes.
     */
    private record Summand(
            ElementType type, long address, long distance, long[] keptStrides, long[] summed, long[] summedStrides) {}

    /** The destination of sums. */
    private record Summed(ElementType type, long[] shape, long[] strides, long address, long distance) {}

    private static long[] padded(long[] values) {
        return Arrays.copyOf(values, SUM_AXES);
    }

    List<Launch> loss(Instruction op) {
        Tensor outputs = op.input(0);
        long rows = outputs.size(0);
        long terms = operands.scratch(rows, Double.BYTES);
        Tensor weights = op.inputs().size() > 2 ? op.input(2) : null;
        Launch first = Launch.elements(
                "loss_terms_" + name(outputs),
                rows,
                operands.points(),
                lossArguments(op, outputs, null, op.input(1), weights, terms, rows));
        return List.of(first, sumOfDoubles(terms, rows, op.output(0)));
    }

    Launch lossDerivative(String kernel, Instruction op) {
        Tensor outputs = op.input(0);
        int labels = kernel.contains("second_derivative") ? 2 : 1;
        Tensor tangent = labels == 2 ? op.input(1) : null;
        Tensor weights = op.inputs().size() > labels + 1 ? op.input(labels + 1) : null;
        return Launch.elements(
                kernel + name(outputs),
                outputs.size(0),
                operands.points(),
                lossArguments(
                        op,
                        outputs,
                        tangent,
                        op.input(labels),
                        weights,
                        operands.address(op.output(0)),
                        operands.distance(op.output(0))));
    }

    private KernelArguments lossArguments(
            Instruction op,
            Tensor outputs,
            @Nullable Tensor tangent,
            Tensor labels,
            @Nullable Tensor weights,
            long z,
            long zDistance) {
        return new KernelArguments()
                .integers(outputs.size(0), outputs.length() / outputs.size(0), op.integer(0))
                .addresses(operands.address(outputs), tangent == null ? 0 : operands.address(tangent))
                .addresses(operands.address(labels), weights == null ? 0 : operands.address(weights))
                .addresses(z)
                .reals(op.real(0), op.real(1))
                .longs(operands.distance(outputs), tangent == null ? 0 : operands.distance(tangent), zDistance);
    }

    List<Launch> countCorrect(Instruction op) {
        Tensor outputs = op.input(0);
        long rows = outputs.size(0);
        long counts = operands.scratch(rows, Double.BYTES);
        KernelArguments arguments = new KernelArguments()
                .integers(rows, outputs.length() / rows, op.integer(0))
                .addresses(operands.address(outputs), operands.address(op.input(1)))
                .addresses(op.inputs().size() > 2 ? operands.address(op.input(2)) : 0)
                .addresses(counts)
                .reals(op.integer(0) == 1 ? op.real(0) : 0)
                .longs(operands.distance(outputs), rows);
        return List.of(
                Launch.elements("correct_" + name(outputs), rows, operands.points(), arguments),
                sumOfDoubles(counts, rows, op.output(0)));
    }

    private static long[] sizes(Tensor x, int[] axes) {
        return Arrays.stream(axes).mapToLong(x::size).toArray();
    }

    private static long[] strides(Tensor x, int[] axes) {
        return Arrays.stream(axes).mapToLong(x::stride).toArray();
    }

    private static long product(long[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }
}
