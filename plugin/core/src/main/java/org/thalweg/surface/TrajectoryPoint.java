package org.thalweg.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.PlaneProjection;
import org.thalweg.direction.PlaneProjection.Projected;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Slice;

/**
 * A point of a training trajectory projected onto a plane, with the error of the projection. Contours show the loss on
 * the plane, but a trajectory leaves the plane: where {@link #distance} is large, the contours under the projected
 * point say little about the loss in training.
 *
 * @param alpha least-squares coordinate along delta
 * @param beta least-squares coordinate along eta
 * @param distance Euclidean distance of the parameters from the plane
 * @param loss objective at the parameters themselves
 * @param planeLoss objective at the projected point
 * @since 0.2.0
 */
public record TrajectoryPoint(double alpha, double beta, double distance, double loss, double planeLoss) {

    /** Loss at the parameters minus loss at the projected point. */
    public double offPlaneGap() {
        return loss - planeLoss;
    }

    /**
     * A trajectory on a plane, for an objective whose parameters are all trained.
     *
     * @param objective that computes the loss
     * @param origin of the plane, packed, {@code [P]}
     * @param directions of the plane
     * @param trajectory parameters in the order of training, packed, each {@code [P]}
     * @throws IllegalArgumentException if the directions span no plane
     */
    public static List<TrajectoryPoint> project(
            Objective objective, INDArray origin, DirectionPair directions, List<INDArray> trajectory) {
        return project(objective, origin, directions, trajectory, i -> objective);
    }

    /**
     * A trajectory on a plane. Values that are not trained (BatchNorm statistics, frozen layers) are each snapshot's
     * own for its loss, and the origin's for the loss on the plane, as for the surface there.
     *
     * @param objective that computes the loss; its own constants are not used
     * @param origin of the plane
     * @param directions of the plane
     * @param trajectory snapshots in the order of training
     * @throws IllegalArgumentException if the directions span no plane, or a snapshot is of another network
     */
    public static List<TrajectoryPoint> project(
            Objective objective,
            ParameterSnapshot origin,
            DirectionPair directions,
            List<ParameterSnapshot> trajectory) {
        ParameterLayout layout = objective.layout();
        List<INDArray> packed = trajectory.stream()
                .map(snapshot -> layout.pack(snapshot.parameters()))
                .toList();
        try (INDArray center = layout.pack(origin.parameters())) {
            return project(
                    objective.withConstants(origin),
                    center,
                    directions,
                    packed,
                    i -> objective.withConstants(trajectory.get(i)));
        } finally {
            packed.forEach(INDArray::close);
        }
    }

    private static List<TrajectoryPoint> project(
            Objective onPlane,
            INDArray origin,
            DirectionPair directions,
            List<INDArray> trajectory,
            IntFunction<Objective> own) {
        PlaneProjection plane = new PlaneProjection(origin, directions);
        List<Projected> places = trajectory.stream().map(plane::project).toList();
        double[][] coordinates = places.stream()
                .map(place -> new double[] {place.alpha(), place.beta()})
                .toArray(double[][]::new);
        double[] planeLoss;
        try (Slice slice = onPlane.slice(origin, directions.plane())) {
            planeLoss = Arrays.stream(slice.evaluate(coordinates))
                    .mapToDouble(ObjectiveValue::loss)
                    .toArray();
        }
        List<TrajectoryPoint> points = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Projected place = places.get(i);
            double loss = own.apply(i).evaluate(trajectory.get(i)).loss();
            points.add(new TrajectoryPoint(place.alpha(), place.beta(), place.distance(), loss, planeLoss[i]));
        }
        return points;
    }
}
