package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Program;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * The parameter arrays that kernels read and write. Vectors here are packed vectors whose rows of images lie as the
 * kernels want them ({@link Program#imageRows()}); {@link #load} and {@link #unload} convert.
 */
final class ParameterStore implements AutoCloseable {

    private final Program program;
    private final DataType type;
    private final Map<String, ParameterBlock> blocks = new HashMap<>();
    private final List<RowOrder> rowOrders = new ArrayList<>();
    private final Map<Operand, INDArray> constants = new HashMap<>();
    private final Map<Role, INDArray> vectors = new HashMap<>();
    private @Nullable INDArray loadedConstants;

    /** What a vector is. */
    enum Role {
        VALUE,
        GRADIENT,
        TANGENT,
        GRADIENT_TANGENT
    }

    /** Rows of a block in the kernels' order: row i there is row {@code order[i]} of the packed block, and back. */
    private record RowOrder(ParameterBlock block, INDArray order, INDArray inverse) {}

    ParameterStore(Program program, DataType type) {
        this.program = program;
        this.type = type;
        program.layout().blocks().forEach(block -> blocks.put(block.key(), block));
        program.imageRows().forEach((key, image) -> {
            ParameterBlock block = block(key);
            if (block.trainable()) {
                int[] order = imageOrder(image);
                rowOrders.add(new RowOrder(block, Nd4j.createFromArray(order), Nd4j.createFromArray(inverse(order))));
            }
        });
    }

    /** The vector of a role, {@code [P]}, made when first asked for. */
    INDArray vector(Role role) {
        return vectors.computeIfAbsent(
                role, r -> Nd4j.zeros(type, program.layout().parameters()));
    }

    /** Copies a packed vector, in the kernels' order of rows. */
    void load(INDArray packed, INDArray into) {
        into.assign(packed.reshape(packed.length()));
        for (RowOrder rows : rowOrders) {
            gather(rows.block().packed(packed), rows.order(), rows.block().packed(into));
        }
    }

    /** Copies a vector of the kernels' into a packed one. */
    void unload(INDArray vector, INDArray packed) {
        packed.assign(vector);
        for (RowOrder rows : rowOrders) {
            gather(rows.block().packed(vector), rows.inverse(), rows.block().packed(packed));
        }
    }

    /** Takes everything that is no parameter of the objective from a network's flat vector, if it is another one. */
    void loadConstants(INDArray flat) {
        if (flat != loadedConstants) {
            constants.forEach((operand, array) -> fill(operand, array, flat));
            loadedConstants = flat;
        }
    }

    /** The arrays of an operand; constants among them are filled by the next {@link #loadConstants}. */
    Weights weights(Operand operand) {
        if (operand instanceof Operand.Parameter parameter
                && block(parameter.key()).trainable()) {
            return new Trainable(block(parameter.key()));
        }
        return new Constant(constants.computeIfAbsent(operand, this::constant));
    }

    private INDArray constant(Operand operand) {
        loadedConstants = null;
        if (operand instanceof Operand.Literal literal) {
            return Nd4j.createUninitialized(type, literal.length());
        }
        ParameterBlock block = source(operand);
        return Nd4j.createUninitialized(type, kernelShape(block));
    }

    /** DL4J's biases, scales and statistics are [1, channels], which the kernels know as [channels]. */
    private static long[] kernelShape(ParameterBlock block) {
        return block.kind() == ParameterKind.WEIGHT ? block.packedShape() : new long[] {block.length()};
    }

    private void fill(Operand operand, INDArray array, INDArray flat) {
        if (operand instanceof Operand.Literal literal) {
            array.assign(literal.value());
            return;
        }
        ParameterBlock block = source(operand);
        INDArray values = block.ofFlat(flat).permute(block.packedAxes()).dup('c');
        long[] image = program.imageRows().get(block.key());
        if (image != null) {
            gather(values, Nd4j.createFromArray(imageOrder(image)), array);
        } else {
            array.assign(values.reshape('c', array.shape()));
        }
        if (operand instanceof Operand.Derived derived) {
            for (long i = 0; i < array.length(); i++) {
                array.putScalar(i, derived.function().applyAsDouble(array.getDouble(i)));
            }
        }
    }

    private ParameterBlock source(Operand operand) {
        return block(
                operand instanceof Operand.Parameter parameter ? parameter.key() : ((Operand.Derived) operand).key());
    }

    private ParameterBlock block(String key) {
        ParameterBlock block = blocks.get(key);
        if (block == null) {
            throw new IllegalStateException("network has no parameter array " + key);
        }
        return block;
    }

    private static void gather(INDArray rows, INDArray order, INDArray into) {
        Nd4j.exec(DynamicCustomOp.builder("gather")
                .addInputs(rows, order)
                .addIntegerArguments(0)
                .addOutputs(into)
                .build());
    }

    /** For each row of a flattened image, channels last, the row of the same element with channels first. */
    private static int[] imageOrder(long[] image) {
        int channels = (int) image[2];
        int pixels = (int) (image[0] * image[1]);
        int[] order = new int[channels * pixels];
        for (int i = 0; i < order.length; i++) {
            order[i] = i % channels * pixels + i / channels;
        }
        return order;
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    @Override
    public void close() {
        vectors.values().forEach(INDArray::close);
        constants.values().forEach(INDArray::close);
        vectors.clear();
        constants.clear();
        loadedConstants = null;
    }

    private static IllegalStateException notTrainable() {
        return new IllegalStateException("a constant has no gradient and no direction");
    }

    private final class Trainable implements Weights {
        private final ParameterBlock block;

        Trainable(ParameterBlock block) {
            this.block = block;
        }

        @Override
        public INDArray value() {
            return in(Role.VALUE);
        }

        @Override
        public boolean trainable() {
            return true;
        }

        @Override
        public INDArray gradient() {
            return in(Role.GRADIENT);
        }

        @Override
        public INDArray tangent() {
            return in(Role.TANGENT);
        }

        @Override
        public INDArray gradientTangent() {
            return in(Role.GRADIENT_TANGENT);
        }

        private INDArray in(Role role) {
            return block.packed(vector(role)).reshape('c', kernelShape(block));
        }
    }

    private record Constant(INDArray value) implements Weights {
        @Override
        public boolean trainable() {
            return false;
        }

        @Override
        public INDArray gradient() {
            throw notTrainable();
        }

        @Override
        public INDArray tangent() {
            throw notTrainable();
        }

        @Override
        public INDArray gradientTangent() {
            throw notTrainable();
        }
    }
}
