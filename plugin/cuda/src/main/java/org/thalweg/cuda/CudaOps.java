package org.thalweg.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/** The kernels that compute each op of a tape. */
final class CudaOps {

    /** Codes of {@code enum Arithmetic} in the kernels. */
    private static final List<Op> ARITHMETIC =
            List.of(Op.COPY, Op.FILL, Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.MAXIMUM, Op.SCALE, Op.SHIFT);

    private final KernelOperands operands;
    private final WindowOps windows;
    private final RowOps rows;

    CudaOps(KernelOperands operands) {
        this.operands = operands;
        this.windows = new WindowOps(operands);
        this.rows = new RowOps(operands);
    }

    /**
     * The launches of an op, in order.
     *
     * @throws IllegalArgumentException if there is no kernel for it
     */
    List<Launch> launches(Instruction op) {
        if (operands.points() == 1 || (operands.varies(op) && together(op))) {
            return launchesTogether(op);
        }
        CudaOps single = new CudaOps(operands.ofOnePoint());
        if (!operands.varies(op)) {
            return single.launches(op);
        }
        List<Launch> launches = new ArrayList<>();
        for (int point = 0; point < operands.points(); point++) {
            launches.addAll(single.launches(operands.at(op, point)));
        }
        return launches;
    }

    /** Whether one launch computes all points. Others are needed for gradients alone, which are computed at one point. */
    private boolean together(Instruction op) {
        return switch (op.op()) {
            case CONVOLUTION_ADJOINT, DEPTHWISE_WEIGHT_GRADIENT, SCATTER_ROWS -> false;
            case LOSS, LOSS_SLOPE, COUNT_CORRECT -> rest(op, 1).allMatch(operands::shares);
            case LOSS_SECOND_DERIVATIVE -> rest(op, 2).allMatch(operands::shares);
            default -> true;
        };
    }

    private static Stream<Tensor> rest(Instruction op, int first) {
        return op.inputs().stream().skip(first);
    }

    private List<Launch> launchesTogether(Instruction op) {
        return switch (op.op()) {
            case COPY, FILL, ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, SCALE, SHIFT -> List.of(arithmetic(op));
            case ADD_TO_ROWS -> List.of(addToRows(op));
            case FUNCTION -> List.of(function("function_", op));
            case FUNCTION_SLOPE -> List.of(function("function_slope_", op));
            case FUNCTION_SECOND_DERIVATIVE -> List.of(function("function_second_derivative_", op));
            case CONCATENATE -> concatenation(op);
            case PAD -> padding(op);
            case GATHER_ROWS -> List.of(gatherRows(op));
            case GATHER -> List.of(gather(op));
            case SCATTER_ROWS -> List.of(scatterRows(op));
            case MATMUL -> rows.products(op);
            case SOFTMAX -> List.of(rows.softmax(op));
            case NORMALIZE -> List.of(rows.normalization(op));
            case SUM -> rows.sum(op);
            case LOSS -> rows.loss(op);
            case LOSS_SLOPE -> List.of(rows.lossDerivative("loss_slope_", op));
            case LOSS_SECOND_DERIVATIVE -> List.of(rows.lossDerivative("loss_second_derivative_", op));
            case COUNT_CORRECT -> rows.countCorrect(op);
            case CONVOLUTION -> List.of(windows.convolution(op));
            case CONVOLUTION_ADJOINT -> windows.convolutionAdjoint(op);
            case DEPTHWISE_CONVOLUTION -> List.of(windows.depthwise(op));
            case DEPTHWISE_WEIGHT_GRADIENT -> windows.depthwiseWeightGradient(op);
            case TURN_FILTERS -> List.of(windows.filters(op, 0));
            case FILTERS_OF_OUTPUT_ROWS -> List.of(windows.filters(op, 1));
            case FILTERS_OF_TURNED_INPUT_ROWS -> List.of(windows.filters(op, 2));
            case MAX_POOL, MAX_POOL_PLACES, AVERAGE_POOL, UNROLL_WINDOWS -> List.of(windows.pooling(op));
            case MAX_POOL_ADJOINT, AVERAGE_POOL_ADJOINT -> List.of(windows.poolingAdjoint(op));
            default -> throw new IllegalArgumentException("there is no kernel for " + op);
        };
    }

    private Launch arithmetic(Instruction op) {
        double real = op.reals().length > 0 ? op.real(0) : 0;
        return elementwise("arithmetic_", op.inputs(), op.output(0), real, ARITHMETIC.indexOf(op.op()));
    }

    private Launch addToRows(Instruction op) {
        Tensor z = op.output(0);
        return elementwise("arithmetic_", List.of(z, op.input(0)), z, 0, ARITHMETIC.indexOf(Op.ADD));
    }

    private Launch function(String kernel, Instruction op) {
        double real = op.reals().length > 0 ? op.real(0) : 0;
        return elementwise(kernel, op.inputs(), op.output(0), real, op.integer(0));
    }

    private List<Launch> concatenation(Instruction op) {
        int axis = (int) op.integer(0);
        List<Launch> launches = new ArrayList<>();
        long from = 0;
        for (Tensor input : op.inputs()) {
            Tensor part = op.output(0).slice(axis, from, from + input.size(axis));
            launches.add(elementwise("arithmetic_", List.of(input), part, 0, ARITHMETIC.indexOf(Op.COPY)));
            from += input.size(axis);
        }
        return launches;
    }

    private List<Launch> padding(Instruction op) {
        Tensor inside = op.output(0);
        for (int axis = 0; axis < inside.rank(); axis++) {
            long before = op.integer(2 * axis);
            inside = inside.slice(axis, before, before + op.input(0).size(axis));
        }
        return List.of(
                elementwise("arithmetic_", List.of(), op.output(0), 0, ARITHMETIC.indexOf(Op.FILL)),
                elementwise("arithmetic_", op.inputs(), inside, 0, ARITHMETIC.indexOf(Op.COPY)));
    }

    private Launch gatherRows(Instruction op) {
        Tensor x = op.input(0);
        Tensor z = op.output(0);
        return gather(op, z.size(1), x.stride(0), x.stride(1), z.stride(0), z.stride(1));
    }

    private Launch gather(Instruction op) {
        return gather(op, 1, 1, 0, 1, 0);
    }

    private Launch gather(Instruction op, long width, long xRow, long xColumn, long zRow, long zColumn) {
        Tensor z = op.output(0);
        Tensor x = op.input(0);
        Tensor places = op.input(1);
        KernelArguments arguments = new KernelArguments()
                .longs(z.length())
                .integers(width)
                .longs(xRow, xColumn, zRow, zColumn)
                .addresses(operands.address(x), operands.address(places), operands.address(z))
                .longs(operands.distance(x), operands.distance(places), operands.distance(z));
        return Launch.elements("gather_" + name(z), z.length(), operands.points(), arguments);
    }

    private Launch scatterRows(Instruction op) {
        Tensor x = op.input(0);
        Tensor z = op.output(0);
        KernelArguments arguments = new KernelArguments()
                .longs(z.length())
                .integers(z.size(1))
                .longs(x.stride(0), x.stride(1), z.stride(0), z.stride(1))
                .addresses(operands.address(x), operands.address(op.input(1)), operands.address(op.input(2)))
                .addresses(operands.address(z));
        return Launch.elements("scatter_" + name(z), z.length(), arguments);
    }

    private Launch elementwise(String kernel, List<Tensor> inputs, Tensor z, double real, long code) {
        Operands axes = Operands.of(z, inputs);
        KernelArguments arguments =
                new KernelArguments().longs(z.length()).integers(axes.axes()).integers(axes.paddedSizes());
        long[] none = new long[Operands.MOST_AXES];
        arguments.longs(inputs.isEmpty() ? none : axes.paddedStrides(0));
        arguments.longs(inputs.size() < 2 ? none : axes.paddedStrides(1));
        arguments.longs(axes.paddedStrides(inputs.size()));
        arguments
                .addresses(inputs.isEmpty() ? 0 : operands.address(inputs.get(0)))
                .addresses(inputs.size() < 2 ? 0 : operands.address(inputs.get(1)))
                .addresses(operands.address(z))
                .longs(inputs.isEmpty() ? 0 : operands.distance(inputs.get(0)))
                .longs(inputs.size() < 2 ? 0 : operands.distance(inputs.get(1)))
                .longs(operands.distance(z))
                .reals(real)
                .integers(code);
        return Launch.elements(kernel + name(z), z.length(), operands.points(), arguments);
    }

    /** Suffix of the kernels for a tensor's type. */
    static String name(Tensor tensor) {
        return tensor.type() == ElementType.DOUBLE ? "double" : "float";
    }
}
