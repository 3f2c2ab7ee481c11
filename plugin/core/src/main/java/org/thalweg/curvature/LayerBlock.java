package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.SymmetricOperator;
import org.thalweg.krylov.Vectors;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/**
 * The diagonal block of an operator that belongs to one layer's parameters. A product costs one of the whole operator.
 *
 * @param layer name of the layer
 * @param blocks its trainable arrays
 * @param operator the whole
 */
record LayerBlock(String layer, List<ParameterBlock> blocks, SymmetricOperator operator) implements SymmetricOperator {

    /** The blocks of all layers that have parameters, in the order of the network. */
    static List<LayerBlock> of(ParameterLayout layout, SymmetricOperator operator) {
        Map<String, List<ParameterBlock>> layers = new LinkedHashMap<>();
        for (ParameterBlock block : layout.trainable()) {
            layers.computeIfAbsent(block.layer(), layer -> new ArrayList<>()).add(block);
        }
        return layers.entrySet().stream()
                .map(layer -> new LayerBlock(layer.getKey(), layer.getValue(), operator))
                .toList();
    }

    @Override
    public long dimension() {
        return blocks.stream().mapToLong(ParameterBlock::length).sum();
    }

    @Override
    public DataType dataType() {
        return operator.dataType();
    }

    @Override
    public INDArray multiply(INDArray vector) {
        try (INDArray whole = Nd4j.zeros(dataType(), operator.dimension())) {
            long from = 0;
            for (ParameterBlock block : blocks) {
                part(whole, block).assign(vector.get(NDArrayIndex.interval(from, from + block.length())));
                from += block.length();
            }
            try (INDArray product = operator.multiply(whole)) {
                return gathered(product);
            }
        }
    }

    private INDArray gathered(INDArray whole) {
        INDArray vector = Nd4j.createUninitialized(dataType(), dimension());
        long from = 0;
        for (ParameterBlock block : blocks) {
            vector.get(NDArrayIndex.interval(from, from + block.length())).assign(part(whole, block));
            from += block.length();
        }
        return vector;
    }

    /** The inner product of two whole vectors over this layer's elements. */
    double dot(INDArray a, INDArray b) {
        return blocks.stream()
                .mapToDouble(block -> Vectors.dot(part(a, block), part(b, block)))
                .sum();
    }

    private static INDArray part(INDArray whole, ParameterBlock block) {
        return whole.get(NDArrayIndex.interval(block.packedOffset(), block.packedOffset() + block.length()));
    }
}
