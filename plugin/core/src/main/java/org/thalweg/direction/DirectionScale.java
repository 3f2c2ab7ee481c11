package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;

/** Scales directions to the weights. */
final class DirectionScale {

    private DirectionScale() {}

    /**
     * Scales a direction in place. Biases and norm parameters become zero where they are ignored; otherwise each array
     * of them counts as one filter.
     */
    static void apply(DirectionOptions options, ParameterLayout layout, INDArray direction, INDArray reference) {
        for (ParameterBlock block : layout.trainable()) {
            INDArray target = block.of(direction);
            INDArray weights = block.of(reference);
            if (block.kind() != ParameterKind.WEIGHT && options.ignoreBiasAndNorm()) {
                target.assign(0);
                continue;
            }
            if (block.kind() == ParameterKind.WEIGHT && options.keepPruned()) {
                target.muli(weights.neq(0).castTo(target.dataType()));
            }
            options.normalization().apply(block, target, weights);
        }
    }
}
