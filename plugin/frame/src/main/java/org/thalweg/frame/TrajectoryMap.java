package org.thalweg.frame;

import java.util.List;
import java.util.Optional;

/**
 * The trajectories of one or more runs on a plane, and the surface on it. Immutable.
 *
 * @param frame the surface and the loss at the origin of the plane, (0, 0); its directions span the plane
 * @param plane kind of plane: {@code pca} or {@code first-frame}
 * @param origin description of the origin's parameters; at every point of the plane, the values that are not trained
 *     (BatchNorm statistics, frozen layers) are the origin's
 * @param trajectories of the runs, in the order in which they were given
 * @param variance variance of the trajectories that the plane explains; empty unless it is a plane of principal
 *     components
 * @since 0.2.0
 */
public record TrajectoryMap(
        Frame frame,
        String plane,
        String origin,
        List<TrajectoryValues> trajectories,
        Optional<ExplainedVariance> variance) {

    public TrajectoryMap {
        trajectories = List.copyOf(trajectories);
        if (trajectories.isEmpty()) {
            throw new IllegalArgumentException("a map of trajectories needs at least one run, got none");
        }
    }
}
