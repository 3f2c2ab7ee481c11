package org.thalweg.objective.compiled.internal.executor;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarSet;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/** The op table of {@link Op} in ND4J's ops and routines on the host. */
final class Nd4jOps {

    private static final double[] NO_REALS = {};
    private static final int WINDOW = 9;
    private static final int CHANNELS_LAST = 1;
    private static final int HEIGHT_WIDTH_IN_OUT = 0;
    private static final int EXAMPLES_FIRST = 1;
    private static final int SIGMOID = 2;
    private static final int TANH = 0;

    private final Nd4jExecutor executor;
    private final Nd4jFunctions functions = new Nd4jFunctions();

    Nd4jOps(Nd4jExecutor executor) {
        this.executor = executor;
    }

    Routine bind(Instruction instruction) {
        return switch (instruction.op()) {
            case COPY -> copy(instruction.input(0), instruction.output(0));
            case FILL -> fill(instruction);
            case ADD -> arithmetic("add", instruction);
            case SUBTRACT -> arithmetic("subtract", instruction);
            case MULTIPLY -> arithmetic("multiply", instruction);
            case DIVIDE -> arithmetic("divide", instruction);
            case MAXIMUM -> arithmetic("maximum", instruction);
            case SCALE -> withNumber("multiply", instruction);
            case SHIFT -> withNumber("add", instruction);
            case ADD_TO_ROWS -> addToRows(instruction);
            case FUNCTION -> function(instruction);
            case FUNCTION_SLOPE ->
                functions.slope(instruction, input(instruction, 0), input(instruction, 1), output(instruction));
            case FUNCTION_SECOND_DERIVATIVE ->
                functions.secondDerivative(
                        instruction, input(instruction, 0), input(instruction, 1), output(instruction));
            case SOFTMAX -> softmax(instruction);
            case NORMALIZE -> normalize(instruction);
            case MATMUL -> matmul(instruction);
            case SUM -> Call.of("reduce_sum", output(instruction), instruction.integers(), input(instruction, 0));
            case CONCATENATE -> Call.of("concat", output(instruction), instruction.integers(), inputs(instruction));
            case PAD -> pad(instruction);
            case GATHER_ROWS -> Call.of("gather", output(instruction), new long[] {0}, inputs(instruction));
            case CONVOLUTION, CONVOLUTION_ADJOINT, MAX_POOL, MAX_POOL_ADJOINT, AVERAGE_POOL, AVERAGE_POOL_ADJOINT ->
                image(instruction);
            case DEPTHWISE_CONVOLUTION -> depthwise(instruction);
            case DEPTHWISE_WEIGHT_GRADIENT -> DepthwiseLoops.weightGradient(instruction, executor);
            case UNROLL_WINDOWS -> new Im2Col(instruction, executor);
            case TURN_FILTERS, FILTERS_OF_OUTPUT_ROWS, FILTERS_OF_TURNED_INPUT_ROWS ->
                FilterLayout.bind(instruction, executor);
            case MAX_POOL_PLACES -> new MaxPoolPlaces(instruction, executor);
            case GATHER -> new Gather(instruction, executor);
            case SCATTER_ROWS -> new ScatterRows(instruction, executor);
            case LOSS, LOSS_SLOPE, LOSS_SECOND_DERIVATIVE -> LossRoutine.of(instruction, executor);
            case COUNT_CORRECT -> new CountCorrect(instruction, executor);
            case LSTM -> lstm(instruction);
            case LSTM_STEPS, LSTM_TANGENT_STEPS, LSTM_ADJOINT_STEPS -> LstmLoops.bind(instruction, executor);
            case HOST -> HostRoutines.bind(instruction, executor);
        };
    }

    private Routine copy(Tensor from, Tensor to) {
        INDArray x = executor.array(from);
        INDArray z = executor.array(to);
        boolean strided = !from.contiguous() || !to.contiguous();
        if (strided && Arrays.equals(x.shape(), z.shape())) {
            Assign assign = new Assign(x, z);
            return () -> Nd4j.getExecutioner().exec(assign);
        }
        return Call.of("assign", z, z, x);
    }

    private Routine fill(Instruction instruction) {
        INDArray z = output(instruction);
        ScalarSet set = new ScalarSet(z, null, z, instruction.real(0));
        return () -> Nd4j.getExecutioner().exec(set);
    }

    private Routine arithmetic(String name, Instruction instruction) {
        return Call.of(name, output(instruction), inputs(instruction));
    }

    /** ND4J's methods for scalars create an array at each call. */
    private Routine withNumber(String name, Instruction instruction) {
        INDArray z = output(instruction);
        return Call.of(name, z, input(instruction, 0), Nd4j.scalar(z.dataType(), instruction.real(0)));
    }

    private Routine addToRows(Instruction instruction) {
        INDArray z = output(instruction);
        return new Call(
                "biasadd", new INDArray[] {z, input(instruction, 0)}, new INDArray[] {z}, NO_REALS, new long[0], false);
    }

    /** ND4J's functions cost three times as much on a strided view as on a copy. */
    private Routine function(Instruction instruction) {
        Tensor x = instruction.input(0);
        Tensor y = instruction.output(0);
        if (x.contiguous() || !y.contiguous() || !Arrays.equals(x.shape(), y.shape())) {
            return functions.value(instruction, executor.array(x), executor.array(y));
        }
        return inTurn(copy(x, y), functions.value(instruction, executor.array(y), executor.array(y)));
    }

    /** In double precision, ND4J takes no row's maximum for less than 0, so that one far below 0 has no softmax. */
    private Routine softmax(Instruction instruction) {
        INDArray x = input(instruction, 0);
        INDArray z = output(instruction);
        if (z.dataType() != DataType.DOUBLE) {
            return Call.of("softmax", z, new long[] {1}, x);
        }
        INDArray largest = Nd4j.createUninitialized(z.dataType(), x.size(0), 1);
        return inTurn(
                new Call("reduce_max", new INDArray[] {x}, new INDArray[] {largest}, NO_REALS, new long[] {1}, true),
                Call.of("subtract", z, x, largest),
                Call.of("softmax", z, new long[] {1}, z));
    }

    private static Routine inTurn(Routine... routines) {
        return new Routine() {
            @Override
            public void run() {
                for (Routine routine : routines) {
                    routine.run();
                }
            }

            @Override
            public void close() {
                for (Routine routine : routines) {
                    routine.close();
                }
            }
        };
    }

    /** Treats any tensor as an image of one column: ND4J's op is fifteen times slower on matrices. */
    private Routine normalize(Instruction instruction) {
        INDArray[] inputs = inputs(instruction);
        inputs[0] = executor.array(column(instruction.input(0)));
        INDArray[] output = {executor.array(column(instruction.output(0)))};
        return new Call("batchnorm", inputs, output, new double[] {0}, new long[] {1, 1, 3});
    }

    private static Tensor column(Tensor tensor) {
        long channels = tensor.size(tensor.rank() - 1);
        return tensor.reshape(1, tensor.length() / channels, 1, channels);
    }

    private Routine matmul(Instruction instruction) {
        return new Call(
                "matmul",
                inputs(instruction),
                new INDArray[] {output(instruction)},
                new double[] {1, instruction.real(0)},
                new long[] {instruction.integer(0), instruction.integer(1), 0});
    }

    private Routine pad(Instruction instruction) {
        long[] widths = instruction.integers();
        INDArray paddings =
                Nd4j.createFromArray(widths).castTo(DataType.INT32).reshape('c', new long[] {widths.length / 2, 2});
        return new Call(
                "pad",
                new INDArray[] {input(instruction, 0), paddings},
                new INDArray[] {output(instruction)},
                new double[] {0},
                new long[] {0});
    }

    private Routine image(Instruction instruction) {
        Op op = instruction.op();
        String name = switch (op) {
            case CONVOLUTION -> "conv2d";
            case CONVOLUTION_ADJOINT -> "conv2d_bp";
            case MAX_POOL -> "maxpool2d";
            case MAX_POOL_ADJOINT -> "maxpool2d_bp";
            case AVERAGE_POOL -> "avgpool2d";
            default -> "avgpool2d_bp";
        };
        long[] arguments = Arrays.copyOf(instruction.integers(), WINDOW + 2);
        boolean convolution = op == Op.CONVOLUTION || op == Op.CONVOLUTION_ADJOINT;
        arguments[WINDOW] = convolution ? CHANNELS_LAST : arguments[WINDOW];
        arguments[WINDOW + 1] = convolution ? HEIGHT_WIDTH_IN_OUT : CHANNELS_LAST;
        INDArray[] outputs = arrays(instruction.outputs());
        return new Call(name, inputs(instruction), outputs, NO_REALS, arguments);
    }

    /** ND4J's op is fast only in single precision and with one filter per channel. */
    private Routine depthwise(Instruction instruction) {
        if (instruction.output(0).type() == ElementType.DOUBLE) {
            return DepthwiseLoops.convolution(instruction, executor);
        }
        INDArray[] inputs = inputs(instruction);
        Tensor filters = instruction.input(1);
        inputs[1] = executor.array(filters.reshape(filters.size(0), filters.size(1), filters.size(2), 1));
        long[] arguments = Arrays.copyOf(instruction.integers(), WINDOW + 2);
        arguments[WINDOW] = CHANNELS_LAST;
        arguments[WINDOW + 1] = HEIGHT_WIDTH_IN_OUT;
        return new Call("depthwise_conv2d", inputs, new INDArray[] {output(instruction)}, NO_REALS, arguments);
    }

    /** ND4J's op fails with oneDNN unless the last states are asked for. */
    private Routine lstm(Instruction instruction) {
        return new Call(
                "lstmLayer",
                inputs(instruction),
                arrays(instruction.outputs()),
                new double[] {0},
                new long[] {EXAMPLES_FIRST, instruction.integer(0), SIGMOID, TANH, TANH},
                true, // a bias
                false, // lengths
                false, // first output
                false, // first cell
                false, // peepholes
                true, // all outputs
                true, // last output
                true); // last cell
    }

    private INDArray input(Instruction instruction, int i) {
        return executor.array(instruction.input(i));
    }

    private INDArray output(Instruction instruction) {
        return executor.array(instruction.output(0));
    }

    private INDArray[] inputs(Instruction instruction) {
        return arrays(instruction.inputs());
    }

    private INDArray[] arrays(List<Tensor> tensors) {
        return tensors.stream().map(executor::array).toArray(INDArray[]::new);
    }
}
