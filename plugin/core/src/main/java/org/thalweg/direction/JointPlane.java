package org.thalweg.direction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plane onto which the trajectories of one or several runs of the same network are projected.
 *
 * @param origin the parameters at (0, 0), packed, {@code [P]}
 * @param directions of alpha and beta
 * @param components the principal components, where the directions are such
 * @since 0.2.0
 */
public record JointPlane(INDArray origin, DirectionPair directions, Optional<PrincipalComponents> components) {

    /**
     * The plane of the first two principal components of all snapshots of all runs taken together, through the final
     * point of the first run (Li et al., "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 7,
     * where there is one run).
     *
     * <p>The rows are the differences of the snapshots to that one point, centred at their mean. Centring removes any
     * offset that is common to all rows, so neither components nor variances depend on which run is the first. Each
     * snapshot counts once: a run with twice the snapshots has twice the weight. Rejected: differences of each run to
     * its own final point. Their components ignore how far apart the runs end, which a plane of several runs should
     * show.
     *
     * @param runs snapshots of each run in the order of training, packed, each {@code [P]}
     * @throws IllegalArgumentException if a run is empty, all together have fewer than three snapshots, are of
     *     different lengths, or lie on a line
     */
    public static JointPlane ofComponents(List<List<INDArray>> runs) {
        if (runs.isEmpty() || runs.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a plane of trajectories needs at least one snapshot of each run, got "
                    + runs.stream().map(List::size).toList());
        }
        List<INDArray> first = runs.get(0);
        INDArray origin = first.get(first.size() - 1);
        // Starts with the first run's start, which decides the signs, and ends with the origin, for numerical accuracy.
        List<INDArray> rows = new ArrayList<>(first.subList(0, first.size() - 1));
        runs.subList(1, runs.size()).forEach(rows::addAll);
        rows.add(origin);
        PrincipalComponents components = PrincipalComponents.of(rows, 2);
        DirectionPair directions = new DirectionPair(
                components.directions().get(0), components.directions().get(1));
        return new JointPlane(origin, directions, Optional.of(components));
    }

    /** A plane through given parameters along given directions. */
    public static JointPlane through(INDArray origin, DirectionPair directions) {
        return new JointPlane(origin, directions, Optional.empty());
    }

    /**
     * The projection of parameters onto this plane.
     *
     * @throws IllegalArgumentException if the directions span no plane
     */
    public PlaneProjection projection() {
        return new PlaneProjection(origin, directions);
    }
}
