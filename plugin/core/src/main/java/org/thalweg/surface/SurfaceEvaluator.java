package org.thalweg.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionPair;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/** Computes loss surfaces, from the centre and coarse grids to fine ones, so that stopping early leaves a surface. */
public final class SurfaceEvaluator {

    /** Points a call: enough for a slice to share work between them, few enough to stop soon. */
    private static final int CHUNK = 8;

    /** The 3 x 3 grid, the coarsest that is a surface. */
    private static final int MANDATORY_LEVEL = 1;

    private final Objective train;
    private final @Nullable Objective validation;
    private final Grid grid;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public SurfaceEvaluator(Objective train, @Nullable Objective validation, Grid grid) {
        this.train = train;
        this.validation = validation;
        this.grid = grid;
    }

    /**
     * The surface around theta. A loss at the centre that is not finite ends it there: nothing around it means anything.
     *
     * @param theta packed, {@code [P]}
     * @param directions of the two axes
     * @param stop asked between chunks of points; true ends the surface where it is. The 3 x 3 grid is always computed.
     */
    public LossSurface evaluate(INDArray theta, DirectionPair directions, BooleanSupplier stop) {
        return evaluate(theta, directions, Integer.MAX_VALUE, stop);
    }

    /**
     * As {@link #evaluate(INDArray, DirectionPair, BooleanSupplier)}, up to a level of the grid.
     *
     * @param finest number of the last level of {@link Grid#levels()} that is computed
     */
    public LossSurface evaluate(INDArray theta, DirectionPair directions, int finest, BooleanSupplier stop) {
        LossSurface surface = new LossSurface(grid, validation != null);
        Parameterization plane = Parameterization.linear(directions.delta(), directions.eta());
        try (Slice trainSlice = train.slice(theta, plane);
                Slice validationSlice = validation == null ? null : validation.slice(theta, plane)) {
            List<List<int[]>> levels = grid.levels();
            for (int level = 0; level < levels.size() && level <= finest; level++) {
                for (List<int[]> chunk : chunks(levels.get(level))) {
                    if (level > MANDATORY_LEVEL && stop.getAsBoolean()) {
                        return surface;
                    }
                    fill(surface, trainSlice, validationSlice, chunk);
                }
                if (!Double.isFinite(surface.center().loss())) {
                    return surface;
                }
            }
            return surface;
        }
    }

    private static List<List<int[]>> chunks(List<int[]> points) {
        List<List<int[]>> chunks = new ArrayList<>();
        for (int from = 0; from < points.size(); from += CHUNK) {
            chunks.add(points.subList(from, Math.min(from + CHUNK, points.size())));
        }
        return chunks;
    }

    private void fill(LossSurface surface, Slice trainSlice, @Nullable Slice validationSlice, List<int[]> points) {
        double[] axis = grid.coordinates();
        double[][] coordinates = points.stream()
                .map(point -> new double[] {axis[point[1]], axis[point[0]]})
                .toArray(double[][]::new);
        ObjectiveValue[] values = trainSlice.evaluate(coordinates);
        ObjectiveValue[] validated = validationSlice == null ? null : validationSlice.evaluate(coordinates);
        for (int i = 0; i < values.length; i++) {
            surface.set(points.get(i), values[i], validated == null ? Optional.empty() : Optional.of(validated[i]));
        }
    }
}
