package org.thalweg.objective.compiled.internal.executor;

import java.nio.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * {@link Op#LSTM_STEPS}, {@link Op#LSTM_TANGENT_STEPS} and {@link Op#LSTM_ADJOINT_STEPS} on the host: a block of examples goes
 * through all steps at once, a row for each unit's number of each of its examples. Blocks run in parallel and do not meet, so
 * results do not depend on the number of threads.
 */
final class LstmLoops implements Routine {

    /** Rows of this length, of a layer of ten units, fit into a core's fastest memory. */
    private static final int WIDEST_BLOCK = 128;

    private static final int GATES = 4;
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int OUTPUT = 2;
    private static final int WRITE = 3;

    private final List<HostBuffer> inputs;
    private final List<HostBuffer> outputs;
    private final Consumer<Block> pass;
    private final boolean backwards;
    private final boolean add;
    private final int time;
    private final int examples;
    private final int size;
    private final int columns;
    private final Rows[] rows;
    /** The memory of inputs and outputs, and the weights, of the run in progress. */
    private Buffer[] from = {};

    private Buffer[] to = {};
    private double[][] weights = {};

    private LstmLoops(Instruction instruction, Nd4jExecutor executor) {
        inputs = instruction.inputs().stream()
                .map(tensor -> HostBuffer.of(executor, tensor))
                .toList();
        outputs = instruction.outputs().stream()
                .map(tensor -> HostBuffer.of(executor, tensor))
                .toList();
        backwards = instruction.integer(0) == 1;
        add = instruction.op() == Op.LSTM_ADJOINT_STEPS && instruction.integer(1) == 1;
        boolean values = instruction.op() == Op.LSTM_STEPS;
        pass = values ? this::values : instruction.op() == Op.LSTM_TANGENT_STEPS ? this::tangents : this::adjoints;
        Tensor h = instruction.output(values ? 0 : 2);
        time = (int) h.size(0);
        examples = (int) h.size(1);
        size = (int) h.size(2);
        columns = values ? (int) instruction.input(0).size(2) : 0;
        rows = new Rows[(examples + WIDEST_BLOCK - 1) / WIDEST_BLOCK];
        int[] matrices = new int[values ? 2 : 2 * GATES + 5];
        Arrays.fill(matrices, size);
        if (values) {
            matrices[0] = columns;
        }
        int count = values ? (GATES + 3) * size + columns : (GATES + 1) * size;
        for (int block = 0; block < rows.length; block++) {
            int width = Math.min(WIDEST_BLOCK, examples - block * WIDEST_BLOCK);
            rows[block] = Rows.of(h.type(), width, count, matrices);
        }
    }

    static Routine bind(Instruction instruction, Nd4jExecutor executor) {
        return new LstmLoops(instruction, executor);
    }

    @Override
    public void run() {
        from = inputs.stream().map(input -> input.fetch().reals()).toArray(Buffer[]::new);
        to = outputs.stream().map(output -> output.fetch().reals()).toArray(Buffer[]::new);
        weights = inputs.stream()
                .filter(input -> input.tensor().rank() < 3)
                .map(HostBuffer::values)
                .toArray(double[][]::new);
        IntStream blocks = IntStream.range(0, rows.length);
        boolean alone = rows.length == 1 || Nd4j.getEnvironment().maxThreads() == 1;
        (alone ? blocks : blocks.parallel())
                .forEach(block -> pass.accept(new Block(rows[block], block * WIDEST_BLOCK)));
        outputs.forEach(HostBuffer::changed);
    }

    /** Some examples of the run in progress. */
    private final class Block {

        private final Rows rows;
        private final int first;

        Block(Rows rows, int first) {
            this.rows = rows;
            this.first = first;
        }

        /** Where the k-th step of some tensor begins, of one gate if it has gates. */
        private int at(HostBuffer tensor, int gate, int k) {
            int step = backwards ? time - 1 - k : k;
            int wide = (int) tensor.tensor().size(tensor.tensor().rank() - 1);
            return tensor.first() + ((gate * time + step) * examples + first) * wide;
        }

        void load(int input, int k, int z) {
            rows.load(from[input], at(inputs.get(input), 0, k), z);
        }

        /** Reads what an output has from before. */
        void loadOutput(int output, int gate, int k, int z) {
            rows.load(to[output], at(outputs.get(output), gate, k), z);
        }

        void store(int x, int output, int gate, int k) {
            rows.store(x, to[output], at(outputs.get(output), gate, k));
        }

        /** Writes some rows by way of a matrix. */
        void storeRows(int x, int matrix, int output, int gate, int k) {
            rows.fromRows(x, size, matrix);
            store(matrix, output, gate, k);
        }

        /** Reads the four matrices of an input's gates. */
        void loadGates(int input, int k, int z) {
            for (int gate = 0; gate < GATES; gate++) {
                rows.load(from[input], at(inputs.get(input), gate, k), z + gate);
            }
        }
    }

    /** h = o tanh(c), c = f c' + g i, from z = x W + h' RW + b. */
    private void values(Block block) {
        Rows r = block.rows;
        int z = 0;
        int h = GATES * size;
        int c = h + size;
        int activated = c + size;
        int x = activated + size;
        int input = x + columns;
        int matrix = input + 1;
        boolean kept = outputs.size() > 1;
        for (int k = 0; k < time; k++) {
            block.load(0, k, input);
            r.toRows(input, x, columns);
            for (int j = 0; j < GATES * size; j++) {
                r.fill(weights[2][j], z + j);
            }
            r.addProducts(weights[0], GATES * size, x, columns, 1, z, GATES * size);
            if (k > 0) {
                r.addProducts(weights[1], GATES * size, h, size, 1, z, GATES * size);
            }
            for (int j = 0; j < size; j++) {
                unit(r, z + j, c + j, activated + j, h + j, k == 0);
            }
            block.storeRows(h, matrix, 0, 0, k);
            if (kept) {
                for (int gate = 0; gate < GATES; gate++) {
                    block.storeRows(z + gate * size, matrix, 1, gate, k);
                }
                block.storeRows(c, matrix, 2, 0, k);
                block.storeRows(activated, matrix, 3, 0, k);
            }
        }
    }

    private void unit(Rows r, int z, int c, int activated, int h, boolean first) {
        int input = z + INPUT * size;
        int forget = z + FORGET * size;
        int output = z + OUTPUT * size;
        int write = z + WRITE * size;
        r.tanh(input, input);
        r.sigmoid(forget, forget);
        r.sigmoid(output, output);
        r.sigmoid(write, write);
        if (first) {
            r.multiply(write, input, c);
        } else {
            r.multiply(forget, c, c);
            r.addProduct(write, input, c);
        }
        r.tanh(c, activated);
        r.multiply(output, activated, h);
    }

    private void tangents(Block block) {
        Rows r = block.rows;
        int products = 0;
        int earlier = GATES * size;
        int z = earlier + size;
        int s = z + GATES;
        int f = s + GATES;
        int b = f + 1;
        int c = b + 1;
        int h = c + 1;
        for (int k = 0; k < time; k++) {
            for (int gate = 0; gate < GATES; gate++) {
                block.loadOutput(0, gate, k, z + gate);
            }
            block.load(1, k, f);
            block.loadGates(2, k, s);
            block.load(3, k, b);
            if (k > 0) {
                addProducts(r, earlier, 1, products, GATES, z, false);
                r.multiply(f, c, c);
                r.addProduct(z + FORGET, s + FORGET, c);
                r.addProduct(z + INPUT, s + INPUT, c);
            } else {
                r.multiply(z + INPUT, s + INPUT, c);
            }
            r.addProduct(z + WRITE, s + WRITE, c);
            r.multiply(z + OUTPUT, s + OUTPUT, h);
            r.addProduct(c, b, h);
            r.toRows(h, earlier, size);
            for (int gate = 0; gate < GATES; gate++) {
                block.store(z + gate, 0, gate, k);
            }
            block.store(c, 1, 0, k);
            block.store(h, 2, 0, k);
        }
    }

    private void adjoints(Block block) {
        Rows r = block.rows;
        int later = 0;
        int products = GATES * size;
        int z = products + size;
        int s = z + GATES;
        int f = s + GATES;
        int b = f + 1;
        int h = b + 1;
        int c = h + 1;
        int laterCell = c + 1;
        for (int k = time - 1; k >= 0; k--) {
            boolean last = k == time - 1;
            block.loadOutput(2, 0, k, h);
            if (!last) {
                addProducts(r, later, GATES, products, 1, h, true);
            }
            block.loadGates(2, k, s);
            block.load(3, k, b);
            if (add) {
                block.loadOutput(1, 0, k, c);
            }
            scale(r, h, b, c);
            if (!last) {
                r.addProduct(laterCell, f, c);
            }
            for (int gate = 0; gate < GATES; gate++) {
                if (add) {
                    block.loadOutput(0, gate, k, z + gate);
                }
                scale(r, gate == OUTPUT ? h : c, s + gate, z + gate);
                r.toRows(z + gate, later + gate * size, size);
                block.store(z + gate, 0, gate, k);
            }
            block.store(c, 1, 0, k);
            block.store(h, 2, 0, k);
            block.load(1, k, f);
            int free = laterCell;
            laterCell = c;
            c = free;
        }
    }

    /** Rows times the recurrent weights, or their transpose, are added to matrices. */
    private void addProducts(Rows r, int x, int from, int products, int to, int z, boolean transposed) {
        for (int j = 0; j < to * size; j++) {
            r.fill(0, products + j);
        }
        int along = transposed ? 1 : GATES * size;
        int across = transposed ? GATES * size : 1;
        r.addProducts(weights[0], along, x, from * size, across, products, to * size);
        for (int i = 0; i < to; i++) {
            r.addRows(products + i * size, size, z + i);
        }
    }

    private void scale(Rows r, int x, int y, int z) {
        if (add) {
            r.addProduct(x, y, z);
        } else {
            r.multiply(x, y, z);
        }
    }
}
