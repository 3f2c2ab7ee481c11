package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.MaskedOperator;
import org.thalweg.krylov.Vector;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/**
 * The diagonal block of an operator for one layer's parameters. A product costs as much as one with the whole operator.
 *
 * @param layer name of the layer
 * @param blocks its trainable arrays
 * @param operator the whole
 * @param space of the layer's vectors
 * @param dimension number of the layer's parameters that the operator keeps
 */
record LayerBlock(String layer, List<ParameterBlock> blocks, LinearOperator operator, VectorSpace space, long dimension)
        implements LinearOperator {

    /** The blocks of all layers with parameters, in the order of the network. */
    static List<LayerBlock> of(ParameterLayout layout, LinearOperator operator) {
        Map<String, List<ParameterBlock>> layers = new LinkedHashMap<>();
        for (ParameterBlock block : layout.trainable()) {
            layers.computeIfAbsent(block.layer(), layer -> new ArrayList<>()).add(block);
        }
        return layers.entrySet().stream()
                .map(layer -> of(layer.getKey(), layer.getValue(), operator))
                .toList();
    }

    private static LayerBlock of(String layer, List<ParameterBlock> blocks, LinearOperator operator) {
        long length = blocks.stream().mapToLong(ParameterBlock::length).sum();
        VectorSpace all = operator.space().ofDimension(length);
        if (!(operator instanceof MaskedOperator masked)) {
            return new LayerBlock(layer, blocks, operator, all, length);
        }
        INDArray mask = Nd4j.concat(
                0, blocks.stream().map(block -> flat(masked.mask(), block)).toArray(INDArray[]::new));
        return new LayerBlock(layer, blocks, operator, MaskedOperator.within(all, mask), MaskedOperator.kept(mask));
    }

    private static INDArray flat(INDArray packed, ParameterBlock block) {
        return packed.get(NDArrayIndex.interval(block.packedOffset(), block.packedOffset() + block.length()));
    }

    @Override
    public Vector multiply(Vector vector) {
        VectorSpace all = operator.space();
        try (Vector whole = all.zeros()) {
            long from = 0;
            for (ParameterBlock block : blocks) {
                all.assign(all.range(vector, from, from + block.length()), part(whole, block));
                from += block.length();
            }
            try (Vector image = operator.multiply(whole)) {
                Vector product = space().create();
                from = 0;
                for (ParameterBlock block : blocks) {
                    all.assign(part(image, block), all.range(product, from, from + block.length()));
                    from += block.length();
                }
                return product;
            }
        }
    }

    @Override
    public double productError(double norm) {
        return operator.productError(norm);
    }

    /** The inner product of two whole vectors over this layer's elements. */
    double dot(Vector a, Vector b) {
        return blocks.stream()
                .mapToDouble(block -> operator.space().dot(part(a, block), part(b, block)))
                .sum();
    }

    private Vector part(Vector whole, ParameterBlock block) {
        return operator.space().range(whole, block.packedOffset(), block.packedOffset() + block.length());
    }
}
