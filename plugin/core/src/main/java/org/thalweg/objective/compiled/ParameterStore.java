package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The parameter arrays that kernels read and write. Vectors here are packed vectors whose image rows are in the
 * kernels' order ({@link Program#imageRows()}); {@link #load} and {@link #unload} convert.
 */
final class ParameterStore implements AutoCloseable {

    /** Elements that are added at a time. */
    private static final int PIECE = 1 << 18;

    private final Program program;
    private final Executor executor;
    private final Arena memory;
    private final Map<String, ParameterBlock> blocks = new HashMap<>();
    private final List<RowOrder> rowOrders = new ArrayList<>();
    private final Map<Operand, Tensor> constants = new HashMap<>();
    private final Map<Role, Tensor> vectors = new EnumMap<>(Role.class);
    private final Map<Tensor, BoundTape> afterLoading = new HashMap<>();
    private final Map<Tensor, BoundTape> beforeUnloading = new HashMap<>();
    private @Nullable INDArray loadedConstants;

    /** The role of a vector. */
    enum Role {
        VALUE,
        GRADIENT,
        TANGENT,
        GRADIENT_TANGENT,
        /** The sum of gradients, or of their derivatives, over batches so far. */
        SUM,
        /** A vector to be returned. */
        UNLOADED
    }

    /** Rows of a block in the kernels' order: row i is row {@code order[i]} of the packed block, and the inverse. */
    private record RowOrder(ParameterBlock block, Tensor order, Tensor inverse) {}

    ParameterStore(Program program, Executor executor, ElementType type) {
        this.program = program;
        this.executor = executor;
        this.memory = new Arena(type);
        program.layout().blocks().forEach(block -> blocks.put(block.key(), block));
    }

    /** The vector of a role, {@code [P]}, created as zeros on first use. */
    Tensor vector(Role role) {
        return vectors.computeIfAbsent(role, key -> memory.take(program.layout().parameters()));
    }

    /** Records that all existing vectors become zero. */
    void clear(Tape tape) {
        vectors.values().forEach(vector -> tape.fill(0, vector));
    }

    /** Copies a packed vector, in the kernels' order of rows. */
    void load(INDArray packed, Tensor into) {
        executor.upload(packed, into);
        order(into);
    }

    /** Like {@link #load(INDArray, Tensor)}, from a vector in the executor's memory. */
    void load(Tensor packed, Tensor into) {
        executor.copy(packed, into);
        order(into);
    }

    private void order(Tensor loaded) {
        if (!rowOrders().isEmpty()) {
            afterLoading.computeIfAbsent(loaded, this::ordered).run();
        }
    }

    /** Copies a vector of the kernels' into a packed one. */
    void unload(Tensor vector, INDArray packed) {
        executor.download(packed(vector), packed);
    }

    /** Like {@link #unload(Tensor, INDArray)}, into a vector in the executor's memory. */
    void unload(Tensor vector, Tensor packed) {
        executor.copy(packed(vector), packed);
    }

    /** Adds a vector of the kernels' to a factor times a packed one, in pieces, so that it takes no other vector. */
    void unloadAdding(Tensor vector, double factor, INDArray packed) {
        Tensor source = packed(vector);
        long n = packed.length();
        INDArray flat = packed.reshape(n);
        try (INDArray piece = Nd4j.createUninitialized(packed.dataType(), Math.min(n, PIECE))) {
            for (long from = 0; from < n; from += PIECE) {
                long to = Math.min(n, from + PIECE);
                INDArray part = piece.get(NDArrayIndex.interval(0, to - from)).reshape(to - from);
                executor.download(source.slice(0, from, to), part);
                flat.get(NDArrayIndex.interval(from, to))
                        .reshape(to - from)
                        .muli(factor)
                        .addi(part);
            }
        }
    }

    private Tensor packed(Tensor vector) {
        if (rowOrders().isEmpty()) {
            return vector;
        }
        beforeUnloading.computeIfAbsent(vector, this::unordered).run();
        return vector(Role.UNLOADED);
    }

    private BoundTape ordered(Tensor vector) {
        Tape tape = new Tape();
        for (RowOrder rows : rowOrders()) {
            Tensor block = part(vector, rows.block());
            Tensor before = memory.take(block.shape());
            tape.copy(block, before);
            tape.gatherRows(before.rows(), rows.order(), block.rows());
            memory.giveBack(before);
        }
        return executor.bind(tape);
    }

    private BoundTape unordered(Tensor vector) {
        Tape tape = new Tape();
        Tensor unloaded = vector(Role.UNLOADED);
        tape.copy(vector, unloaded);
        for (RowOrder rows : rowOrders()) {
            tape.gatherRows(
                    part(vector, rows.block()).rows(),
                    rows.inverse(),
                    part(unloaded, rows.block()).rows());
        }
        return executor.bind(tape);
    }

    private List<RowOrder> rowOrders() {
        if (rowOrders.isEmpty()) {
            program.imageRows().forEach((key, image) -> {
                ParameterBlock block = block(key);
                if (block.trainable()) {
                    int[] order = ImageOrder.of(image);
                    rowOrders.add(new RowOrder(block, uploaded(order), uploaded(ImageOrder.inverse(order))));
                }
            });
        }
        return rowOrders;
    }

    private Tensor uploaded(int[] numbers) {
        Tensor tensor = memory.take(ElementType.INT, numbers.length);
        executor.upload(numbers, tensor);
        return tensor;
    }

    /**
     * Loads everything that is not a parameter of the objective from a network's flat vector, unless it is the same
     * vector as before.
     */
    void loadConstants(INDArray flat) {
        if (flat != loadedConstants) {
            constants.forEach((operand, tensor) -> ConstantArrays.fill(
                    operand, source(operand), program.imageRows(), flat, values -> executor.upload(values, tensor)));
            loadedConstants = flat;
        }
    }

    /** Whether an operand is a parameter of the objective. */
    boolean trainable(Operand operand) {
        ParameterBlock block = blocks.get(Program.key(operand));
        return block != null && block.trainable();
    }

    /** An operand that is a parameter of the objective, in the vector of a role. */
    Tensor parameter(Operand operand, Role role) {
        Tensor whole = array(Program.key(operand), role);
        return operand instanceof Operand.View view ? view.of(whole) : whole;
    }

    /** A whole array that is a parameter of the objective, in the vector of a role. */
    Tensor array(String key, Role role) {
        return part(vector(role), block(key));
    }

    /** An operand that is a constant; filled by the next {@link #loadConstants}. */
    Tensor constant(Operand operand) {
        Operand whole = operand instanceof Operand.View view ? new Operand.Parameter(view.key()) : operand;
        Tensor tensor = constants.computeIfAbsent(whole, this::constantArray);
        return operand instanceof Operand.View view ? view.of(tensor) : tensor;
    }

    private Tensor constantArray(Operand operand) {
        loadedConstants = null;
        if (operand instanceof Operand.Literal literal) {
            return memory.take(literal.length());
        }
        return memory.take(kernelShape(block(ConstantArrays.key(operand))));
    }

    private @Nullable ParameterBlock source(Operand operand) {
        return operand instanceof Operand.Literal ? null : block(ConstantArrays.key(operand));
    }

    private static Tensor part(Tensor vector, ParameterBlock block) {
        long offset = block.packedOffset();
        return vector.slice(0, offset, offset + block.length()).reshape(kernelShape(block));
    }

    /** DL4J's biases, scales and statistics are [1, channels]; the kernels use [channels]. */
    private static long[] kernelShape(ParameterBlock block) {
        long[] shape = block.packedShape();
        boolean row = Arrays.stream(shape).filter(size -> size > 1).count() < 2;
        return block.kind() != ParameterKind.WEIGHT && row && shape.length < 3 ? new long[] {block.length()} : shape;
    }

    private ParameterBlock block(String key) {
        ParameterBlock block = blocks.get(key);
        if (block == null) {
            throw new IllegalStateException("network has no parameter array " + key);
        }
        return block;
    }

    @Override
    public void close() {
        afterLoading.values().forEach(BoundTape::close);
        beforeUnloading.values().forEach(BoundTape::close);
        executor.free(memory.buffers());
        loadedConstants = null;
    }
}
