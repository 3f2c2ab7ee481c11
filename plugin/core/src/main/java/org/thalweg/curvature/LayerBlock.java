package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.krylov.LinearOperator;
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
 */
record LayerBlock(String layer, List<ParameterBlock> blocks, LinearOperator operator) implements LinearOperator {

    /** The blocks of all layers with parameters, in the order of the network. */
    static List<LayerBlock> of(ParameterLayout layout, LinearOperator operator) {
        Map<String, List<ParameterBlock>> layers = new LinkedHashMap<>();
        for (ParameterBlock block : layout.trainable()) {
            layers.computeIfAbsent(block.layer(), layer -> new ArrayList<>()).add(block);
        }
        return layers.entrySet().stream()
                .map(layer -> new LayerBlock(layer.getKey(), layer.getValue(), operator))
                .toList();
    }

    @Override
    public VectorSpace space() {
        return operator.space()
                .ofDimension(blocks.stream().mapToLong(ParameterBlock::length).sum());
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
