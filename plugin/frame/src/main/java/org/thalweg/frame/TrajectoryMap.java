package org.thalweg.frame;

import java.util.List;
import java.util.Optional;

/**
 * The trajectories of one or several runs on a plane, and the surface there. Immutable.
 *
 * @param frame the surface, of which (0, 0) is the plane's origin, and the loss there; its directions span the plane
 * @param plane what kind of plane it is: {@code pca}, {@code first-frame}
 * @param origin which parameters the origin is, in words; what is not trained (BatchNorm statistics, frozen layers) is
 *     taken from there for every point of the plane
 * @param trajectories of the runs, in the order in which they were given
 * @param variance what the plane explains of the trajectories; empty for planes that are not of principal components
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
