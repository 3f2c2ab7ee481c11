package org.thalweg.listener;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;

/**
 * An upper bound of the off-heap memory that computing a frame takes: parameter vectors, counted where they are
 * allocated, and the activation buffers that the objective reports. Directions, surface and curvature are computed one
 * after another, so the largest of them counts.
 */
final class FrameMemory {

    /** Held throughout: the snapshot, its constrained copy, theta, both directions, and the mean of earlier frames' parameters. */
    private static final int HELD = 6;

    /**
     * Held throughout for the last step: the parameters one iteration before, also packed, and the updater's moments.
     */
    private static final int HELD_FOR_STEPS = 3;

    /** A slice: theta, both directions, a point of the plane, and the same point in packed order. */
    private static final int SLICE = 5;

    /**
     * Left to the garbage collector after directions are normalized, perhaps until the surface is done: the draws, and
     * copies of weights and draws in double for their norms.
     */
    private static final int NORMALIZING = 10;

    /** A Hessian: theta, a direction, and the gradients of both; for quantities, the gradient and a product. */
    private static final int HESSIAN = 6;

    /** The spread of gradients: three vectors in double. */
    private static final int NOISE = 6;

    /** Quantities of the last step: its start, the step, step sizes (in double), their root, and a scaled vector. */
    private static final int STEP = 6;

    private FrameMemory() {}

    /**
     * The bound in bytes.
     *
     * @param validation the objective on the validation probe, if any
     * @param statistics the objective that estimates BatchNorm's statistics, if any
     * @param steps whether there are quantities of the last step
     */
    static long bytes(
            Objective train,
            Optional<Objective> validation,
            Optional<Objective> statistics,
            AnalysisOptions analysis,
            boolean steps) {
        long vector = train.layout().parameters() * train.dataType().width();
        long held = (HELD + (steps ? HELD_FOR_STEPS : 0)) * vector;
        Optional<MemoryUse> buffers = train.memoryUse();
        long surface = (NORMALIZING + SLICE) * vector
                + buffers.map(MemoryUse::valueBytes).orElse(0L);
        long validated = validation
                .map(other -> SLICE * vector + other.valueBytes().orElse(0L))
                .orElse(0L);
        long curvature = analysis.curvature()
                .map(wanted ->
                        curvatureBytes(train, buffers.map(MemoryUse::bytes).orElse(0L), wanted, steps))
                .orElse(0L);
        long directions = directionBytes(train, buffers.map(MemoryUse::bytes).orElse(0L), analysis.source());
        long averaged = statistics
                .flatMap(batches -> batches.valueBytes().stream().boxed().findFirst())
                .orElse(0L);
        return held + averaged + Math.max(Math.max(surface + validated, directions), curvature);
    }

    /** Memory for computing a plane from the Hessian. */
    private static long directionBytes(Objective objective, long buffers, DirectionSource source) {
        int vectors = source.workingVectors();
        return vectors == 0
                ? 0
                : (HESSIAN + vectors)
                                * objective.layout().parameters()
                                * objective.dataType().width()
                        + buffers;
    }

    private static long curvatureBytes(Objective objective, long buffers, CurvatureOptions options, boolean steps) {
        long parameters = objective.layout().parameters();
        boolean exact = objective.hessianMethod() == HessianMethod.EXACT;
        DataType type = exact ? objective.dataType() : DataType.DOUBLE;
        long vectors = (HESSIAN + Math.max(NOISE, steps ? STEP : 0)) * parameters * type.width();
        long once = vectors + buffers;
        // The reference in double precision takes twice as much.
        long computed = options.reference() && type == DataType.FLOAT ? 2 * once : once;
        return computed + options.bytes(parameters, type);
    }
}
