package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.Parameterization;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.surface.TrajectoryPoint;

/**
 * The plane of frames: through each frame's own parameters, or through the first frame's for all of them, with later
 * parameters projected onto it. Not thread-safe.
 */
final class FramePlane {

    private final DirectionSource source;
    private final boolean fixed;
    private final Grid grid;
    private final OptionalDouble tolerance;
    private @Nullable INDArray start;
    private @Nullable View first;
    private @Nullable LossSurface known;

    FramePlane(AnalysisOptions options) {
        this.source = options.source();
        this.fixed = options.fixedPlane();
        this.grid = options.grid();
        this.tolerance = options.tolerance();
    }

    /**
     * A plane with its origin.
     *
     * @param origin packed, {@code [P]}
     * @param kept whether later frames use it again
     */
    record View(INDArray origin, DirectionPair directions, boolean kept) implements AutoCloseable {

        @Override
        public void close() {
            if (!kept) {
                directions.close();
            }
        }
    }

    /** The plane for a frame. */
    View at(Objective objective, INDArray theta, Optional<INDArray> previous) {
        if (start == null && source.usesFirstFrame()) {
            start = theta.dup();
        }
        DirectionContext context = new DirectionContext(objective, theta, previous, Optional.ofNullable(start));
        if (!fixed) {
            return new View(context.theta(), source.at(context), false);
        }
        if (first == null) {
            first = new View(context.theta().dup(), source.at(context), true);
        }
        return first;
    }

    /** Sets the first parameters, whichever frame comes first. */
    void beginAt(Objective objective, INDArray theta) {
        start = theta;
        if (fixed) {
            at(objective, theta, Optional.empty());
        }
    }

    /**
     * The known part of the surface. On a fixed plane it is the same at every frame, unless statistics that training
     * moves are part of the function. In that case, or on a part of the probe, nothing is kept.
     */
    LossSurface surface(Objective objective, Effort effort, boolean validated) {
        boolean same = fixed
                && effort.stride() == 1
                && objective.layout().blocks().stream().noneMatch(block -> block.kind() == ParameterKind.STATISTIC);
        if (!same) {
            return LossSurface.empty(grid, validated);
        }
        if (known == null) {
            known = LossSurface.empty(grid, validated);
        }
        return known;
    }

    /**
     * Computes a surface. A budget that asks for a coarser one gets all of its points: interpolation between few says
     * little.
     */
    void fill(
            LossSurface surface,
            SurfaceEvaluator evaluator,
            View view,
            Effort effort,
            BooleanSupplier stop,
            Runnable refined) {
        Parameterization points = view.directions().plane();
        if (tolerance.isPresent() && effort.level() >= grid.levels().size() - 1) {
            evaluator.fillWithin(surface, view.origin(), points, tolerance.getAsDouble(), stop, refined);
        } else {
            evaluator.fill(surface, view.origin(), points, effort.level(), stop, refined);
        }
    }

    /**
     * The quantities of the plane: the cosine between its directions, those of their source, and the coordinates of the
     * parameters on a fixed plane.
     */
    PlaneQuantities quantities(View view, Objective objective, INDArray theta) {
        PlaneQuantities plane = PlaneQuantities.of(view.directions());
        if (!fixed) {
            return plane;
        }
        return plane.spans()
                ? plane.at(TrajectoryPoint.project(objective, view.origin(), view.directions(), List.of(theta))
                        .get(0))
                : plane.nowhere();
    }
}
