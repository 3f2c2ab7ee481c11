package org.thalweg.listener;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.MemoryPlan;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.ExtremeEigenvalues;
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

    /** The draws of an array, or a copy in double of it or its weights for their norms. */
    private static final int NORMALIZING = 2;

    /** Left to the garbage collector where pruned weights stay zero: which they are. */
    private static final int PRUNING = 4;

    /** A Hessian: theta, a direction, and its product. */
    private static final int HESSIAN = 3;

    /** The gradient and a product. */
    private static final int QUANTITIES = 2;

    /** The spread of gradients: three vectors in double. */
    private static final int NOISE = 6;

    /** Quantities of the last step: its start, the step, step sizes (in double), their root, and a scaled vector. */
    private static final int STEP = 6;

    private FrameMemory() {}

    /**
     * The bounds in bytes for all memory plans.
     *
     * @param small the objective in small batches
     * @param validation the objective on the validation probe, if any
     * @param statistics the objective that estimates BatchNorm's statistics, if any
     * @param steps whether there are quantities of the last step
     */
    static Map<MemoryPlan, Long> bytes(
            Objective train,
            Objective small,
            Optional<Objective> validation,
            Optional<Objective> statistics,
            AnalysisOptions analysis,
            boolean steps) {
        Map<MemoryPlan, Long> bytes = new EnumMap<>(MemoryPlan.class);
        for (MemoryPlan plan : MemoryPlan.values()) {
            Objective objective = plan == MemoryPlan.WHOLE ? train : small;
            bytes.put(plan, bytes(objective, validation, statistics, analysis, steps, plan));
        }
        return bytes;
    }

    /** The bound in bytes for a frame as configured. */
    static long bytes(
            Objective train,
            Optional<Objective> validation,
            Optional<Objective> statistics,
            AnalysisOptions analysis,
            boolean steps) {
        return bytes(train, validation, statistics, analysis, steps, MemoryPlan.WHOLE);
    }

    private static long bytes(
            Objective train,
            Optional<Objective> validation,
            Optional<Objective> statistics,
            AnalysisOptions analysis,
            boolean steps,
            MemoryPlan plan) {
        long vector = train.layout().parameters() * train.dataType().width();
        long held = (HELD + (steps ? HELD_FOR_STEPS : 0)) * vector;
        Optional<MemoryUse> buffers = train.memoryUse();
        int drawing = NORMALIZING + (analysis.directions().keepPruned() ? PRUNING : 0);
        long surface =
                (drawing + SLICE) * vector + buffers.map(MemoryUse::valueBytes).orElse(0L);
        long validated = validation
                .map(other -> SLICE * vector + other.valueBytes().orElse(0L))
                .orElse(0L);
        long products = buffers.map(MemoryUse::bytes).orElse(0L);
        long curvature = analysis.curvature()
                .flatMap(plan::of)
                .map(wanted -> curvatureBytes(train, products, wanted, steps, plan.isComplete()))
                .orElse(0L);
        long directions = directionBytes(train, products, analysis.source());
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
                : (HESSIAN + QUANTITIES + vectors)
                                * objective.layout().parameters()
                                * objective.dataType().width()
                        + buffers;
    }

    private static long curvatureBytes(
            Objective objective, long buffers, CurvatureOptions options, boolean steps, boolean quantities) {
        long parameters = objective.layout().parameters();
        boolean exact = objective.hessianMethod() == HessianMethod.EXACT;
        DataType type = exact ? objective.dataType() : DataType.DOUBLE;
        int held = HESSIAN + (quantities ? QUANTITIES + Math.max(NOISE, steps ? STEP : 0) : 0);
        long once = held * parameters * type.width() + buffers;
        // The reference in double precision takes twice as much.
        long computed = options.reference() && type == DataType.FLOAT ? 2 * once : once;
        ExtremeEigenvalues ends = options.eigenvalues();
        return computed
                + (quantities
                        ? options.bytes(parameters, type)
                        : ends.lanczos().bytesWithin(ends.query(), ends.budget(), parameters, type));
    }
}
