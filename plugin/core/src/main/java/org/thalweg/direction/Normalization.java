package org.thalweg.direction;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.ParameterBlock;

/**
 * How the scale of a direction follows the scale of the weights (Li et al., "Visualizing the Loss Landscape of Neural
 * Nets", NeurIPS 2018, section 4). Norms are Euclidean and summed in double.
 *
 * @since 0.2.0
 */
public enum Normalization {
    /** Each filter d_f becomes d_f * ||theta_f|| / (||d_f|| + 1e-10). */
    FILTER {
        @Override
        void apply(ParameterBlock block, INDArray direction, INDArray weights) {
            rescale(block, direction, weights, block.withinFilterAxes());
        }
    },
    /** Each array of parameters as a whole is rescaled to the norm of the weights. */
    LAYER {
        @Override
        void apply(ParameterBlock block, INDArray direction, INDArray weights) {
            rescale(block, direction, weights, ParameterBlock.axes(direction.rank()));
        }
    },
    /** Each entry is multiplied by its weight. */
    WEIGHT {
        @Override
        void apply(ParameterBlock block, INDArray direction, INDArray weights) {
            direction.muli(weights);
        }
    },
    /** Directions stay as drawn. Deep networks may overflow at a distance of one step. */
    NONE {
        @Override
        void apply(ParameterBlock block, INDArray direction, INDArray weights) {}
    };

    /** Prevents a division by zero for a filter of zeros; the reference's constant. */
    private static final double EPSILON = 1e-10;

    /**
     * Rescales one block of a direction in place.
     *
     * @param block description of the array
     * @param direction in the network's shape, changed
     * @param weights theta of the block, of the same shape
     */
    abstract void apply(ParameterBlock block, INDArray direction, INDArray weights);

    private static void rescale(ParameterBlock block, INDArray direction, INDArray weights, int[] within) {
        if (within.length == 0) {
            // Rescales a filter of a single entry.
            direction.assign(ratio(weights.castTo(DataType.DOUBLE), direction.castTo(DataType.DOUBLE))
                    .muli(direction.castTo(DataType.DOUBLE)));
            return;
        }
        INDArray sizes = norms(weights, within);
        INDArray factors = sizes.divi(norms(direction, within).addi(EPSILON));
        block.scaleFilters(direction, factors.dup('c').data().asDouble());
    }

    private static INDArray ratio(INDArray weights, INDArray direction) {
        INDArray size = Transforms.abs(weights);
        return size.divi(Transforms.abs(direction).addi(EPSILON));
    }

    /** The copy in double takes twice the memory of the array, and is freed at once. */
    private static INDArray norms(INDArray array, int[] axes) {
        INDArray wide = array.castTo(DataType.DOUBLE);
        try {
            return wide.norm2(axes);
        } finally {
            if (wide != array) {
                wide.close();
            }
        }
    }
}
