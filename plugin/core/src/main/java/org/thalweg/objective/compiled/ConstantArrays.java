package org.thalweg.objective.compiled;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.compiled.spi.Operand;

/** The numbers of operands that are not parameters of the objective. */
final class ConstantArrays {

    private ConstantArrays() {}

    /** Key of the array behind an operand. */
    static String key(Operand operand) {
        return operand instanceof Operand.Derived derived ? derived.key() : ((Operand.Parameter) operand).key();
    }

    /**
     * Passes on the numbers of an operand.
     *
     * @param block the array behind it, null for a literal
     * @param imageRows the arrays whose rows multiply a flattened image
     * @param flat the network's flat vector
     * @param into receives the numbers, row-major
     */
    static void fill(
            Operand operand,
            @Nullable ParameterBlock block,
            Map<String, long[]> imageRows,
            INDArray flat,
            Consumer<INDArray> into) {
        if (operand instanceof Operand.Literal literal) {
            into.accept(Nd4j.valueArrayOf(new long[] {literal.length()}, literal.value(), flat.dataType()));
        } else if (block != null) {
            INDArray values = block.ofFlat(flat).permute(block.packedAxes()).dup('c');
            long[] image = imageRows.get(block.key());
            INDArray ordered = image == null ? values : Nd4j.pullRows(values, 1, ImageOrder.of(image));
            if (operand instanceof Operand.Derived derived) {
                apply(derived, ordered);
            }
            into.accept(ordered);
        }
    }

    private static void apply(Operand.Derived derived, INDArray values) {
        INDArray vector = values.reshape('c', new long[] {values.length()});
        for (long i = 0; i < vector.length(); i++) {
            vector.putScalar(i, derived.function().applyAsDouble(vector.getDouble(i)));
        }
    }
}
