package org.thalweg.surface;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/**
 * The loss along the straight line between two networks of one architecture: the first at 0, the second at 1 (I.
 * Goodfellow, O. Vinyals and A. Saxe, "Qualitatively characterizing neural network optimization problems", ICLR 2015).
 * Vectors are the networks' own flat ones, {@code [n]} or {@code [1, n]}. Confined to one thread at a time, together
 * with the objectives.
 *
 * @since 0.2.0
 */
public final class ModelInterpolation {

    /** The values that change along the line. */
    public enum Moving {
        /** The trained values. BatchNorm's running statistics stay those of the first network. */
        WEIGHTS,
        /**
         * The trained values and BatchNorm's running means and variances, also linearly; variances stay at or above
         * zero.
         */
        STATES
    }

    private final Objective train;
    private final @Nullable Objective validation;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public ModelInterpolation(Objective train, @Nullable Objective validation) {
        this.train = train;
        this.validation = validation;
    }

    /**
     * The line between two networks.
     *
     * @param axis any; -0.5 to 1.5 extends beyond both networks
     * @param stop as in {@link #fill}
     */
    public LossLine evaluate(Axis axis, INDArray first, INDArray second, Moving moving, BooleanSupplier stop) {
        LossLine line = LossLine.empty(axis, validation != null);
        fill(line, first, second, moving, stop);
        return line;
    }

    /**
     * Computes the missing points of a line.
     *
     * @param line empty, or computed in part between the same networks
     * @param stop called before every few points, on this thread; the line may be read then. True ends the computation
     * @throws IllegalArgumentException if the networks are equal, or do not have the objective's architecture
     */
    public void fill(LossLine line, INDArray first, INDArray second, Moving moving, BooleanSupplier stop) {
        requireTwo(train.layout(), first, second);
        if (moving == Moving.STATES) {
            try (Slice trainSlice = new StatesSlice(train, first, second);
                    Slice validationSlice = validation == null ? null : new StatesSlice(validation, first, second)) {
                LineEvaluator.fill(line, trainSlice, validationSlice, stop);
            }
            return;
        }
        ParameterSnapshot constants = new ParameterSnapshot(0, 0, first);
        ParameterLayout layout = train.layout();
        try (INDArray theta = layout.pack(first);
                INDArray direction = layout.pack(second).subi(theta)) {
            new LineEvaluator(
                            train.withConstants(constants),
                            validation == null ? null : validation.withConstants(constants))
                    .fill(line, theta, Parameterization.linear(direction), stop);
        }
    }

    private static void requireTwo(ParameterLayout layout, INDArray first, INDArray second) {
        for (INDArray network : new INDArray[] {first, second}) {
            if (network.length() != layout.flatLength()) {
                throw new IllegalArgumentException("models must be of one architecture, with " + layout.flatLength()
                        + " parameters, got " + network.length());
            }
        }
        if (first.reshape(first.length()).equalsWithEps(second.reshape(second.length()), 0)) {
            throw new IllegalArgumentException("the two models are the same: give two different ones");
        }
    }

    /** Between the two networks, with statistics moving, too; each point is a separate network. */
    private record StatesSlice(Objective objective, INDArray first, INDArray second) implements Slice {

        @Override
        public ObjectiveValue[] evaluate(double[][] points) {
            ObjectiveValue[] values = new ObjectiveValue[points.length];
            for (int i = 0; i < points.length; i++) {
                values[i] = at(points[i][0]);
            }
            return values;
        }

        private ObjectiveValue at(double share) {
            try (INDArray flat = between(share);
                    INDArray theta = objective.layout().pack(flat)) {
                return objective
                        .withConstants(new ParameterSnapshot(0, 0, flat))
                        .evaluate(theta);
            }
        }

        private INDArray between(double share) {
            INDArray flat = second.sub(first).muli(share).addi(first);
            for (ParameterBlock block : objective.layout().blocks()) {
                if (block.kind() == ParameterKind.STATISTIC) {
                    double[] mixed = block.statistics(first);
                    double[] other = block.statistics(second);
                    Arrays.setAll(mixed, i -> (1 - share) * mixed[i] + share * other[i]);
                    block.writeStatistics(mixed, flat);
                }
            }
            return flat;
        }
    }
}
