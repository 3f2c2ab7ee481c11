package org.thalweg.direction;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;

/** Fits directions to the scale of the weights, the current ones or those of the first frame. Not thread-safe. */
final class DirectionScale {

    private final DirectionOptions options;
    private @Nullable INDArray first;

    DirectionScale(DirectionOptions options) {
        this.options = options;
    }

    /** Takes a frozen camera's scale from these parameters. */
    void freezeAt(INDArray theta) {
        if (first != null) {
            first.close();
        }
        first = theta.dup();
    }

    /** The parameters whose scale counts: theta, or with a frozen camera the first that were given. */
    INDArray reference(INDArray theta) {
        if (options.scaleReference() != ScaleReference.FIRST) {
            return theta;
        }
        if (first == null) {
            freezeAt(theta);
        }
        return first == null ? theta : first;
    }

    /**
     * Scales a direction in place. Biases and norm parameters become zero where they are ignored; otherwise each array of
     * them counts as one filter.
     */
    void apply(ParameterLayout layout, INDArray direction, INDArray reference) {
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
