package org.thalweg.surface;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/**
 * Computes the loss along lines, from coarse to fine. A stopped line can be continued, with the same values as in one
 * run.
 *
 * @since 0.2.0
 */
public final class LineEvaluator {

    private final Objective train;
    private final @Nullable Objective validation;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public LineEvaluator(Objective train, @Nullable Objective validation) {
        this.train = train;
        this.validation = validation;
    }

    /**
     * The line theta + alpha direction.
     *
     * @param axis any; it need not contain 0
     * @param theta packed, {@code [P]}
     * @param direction packed, {@code [P]}
     * @param stop as in {@link #fill}
     */
    public LossLine evaluate(Axis axis, INDArray theta, INDArray direction, BooleanSupplier stop) {
        LossLine line = LossLine.empty(axis, validation != null);
        fill(line, theta, Parameterization.linear(direction), stop);
        return line;
    }

    /**
     * Computes the missing points of a line.
     *
     * @param line empty, or computed in part at the same parameters and in the same direction
     * @param theta packed, {@code [P]}
     * @param along maps the coordinate of a point to parameters
     * @param stop called before every few points, on this thread; the line may be read then. True ends the computation
     * @throws IllegalArgumentException if only one of the line and this evaluator has validation values
     */
    public void fill(LossLine line, INDArray theta, Parameterization along, BooleanSupplier stop) {
        try (Slice trainSlice = train.slice(theta, along);
                Slice validationSlice = validation == null ? null : validation.slice(theta, along)) {
            fill(line, trainSlice, validationSlice, stop);
        }
    }

    /** The same for any slices along one coordinate. */
    static void fill(LossLine line, Slice train, @Nullable Slice validation, BooleanSupplier stop) {
        line.samples().requireValidated(validation != null);
        double[] axis = line.axis().coordinates();
        Sampler sampler = new Sampler(train, validation, point -> new double[] {axis[point]});
        for (List<Integer> level : line.axis().levels()) {
            if (!sampler.fill(line.samples(), level, stop)) {
                return;
            }
        }
    }
}
