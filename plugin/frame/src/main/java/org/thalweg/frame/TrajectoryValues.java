package org.thalweg.frame;

import java.util.Arrays;

/**
 * A run's trajectory projected onto a plane, with its distance from the plane: where the distance is large, the
 * contours under a point do not show the loss in training. Immutable; accessors copy.
 *
 * @param run name of the run
 * @param iterations completed updates at each snapshot, {@code [n]}, ascending
 * @param alpha least-squares coordinates along delta, {@code [n]}
 * @param beta least-squares coordinates along eta, {@code [n]}
 * @param distance Euclidean distance of each snapshot from the plane, {@code [n]}
 * @param loss at the snapshots themselves, {@code [n]}
 * @param planeLoss at the projected points, {@code [n]}
 * @since 0.2.0
 */
public record TrajectoryValues(
        String run,
        long[] iterations,
        double[] alpha,
        double[] beta,
        double[] distance,
        double[] loss,
        double[] planeLoss) {

    public TrajectoryValues {
        int points = iterations.length;
        if (points == 0) {
            throw new IllegalArgumentException("the trajectory of " + run + " must have at least one point, got none");
        }
        iterations = iterations.clone();
        alpha = checked(run, "alpha", alpha, points);
        beta = checked(run, "beta", beta, points);
        distance = checked(run, "distance", distance, points);
        loss = checked(run, "loss", loss, points);
        planeLoss = checked(run, "plane loss", planeLoss, points);
    }

    /** Number of snapshots. */
    public int size() {
        return iterations.length;
    }

    /** Whether all numbers are the same to the last bit. */
    public boolean sameAs(TrajectoryValues other) {
        return run.equals(other.run)
                && Arrays.equals(iterations, other.iterations)
                && Arrays.equals(alpha, other.alpha)
                && Arrays.equals(beta, other.beta)
                && Arrays.equals(distance, other.distance)
                && Arrays.equals(loss, other.loss)
                && Arrays.equals(planeLoss, other.planeLoss);
    }

    @Override
    public long[] iterations() {
        return iterations.clone();
    }

    @Override
    public double[] alpha() {
        return alpha.clone();
    }

    @Override
    public double[] beta() {
        return beta.clone();
    }

    @Override
    public double[] distance() {
        return distance.clone();
    }

    @Override
    public double[] loss() {
        return loss.clone();
    }

    @Override
    public double[] planeLoss() {
        return planeLoss.clone();
    }

    private static double[] checked(String run, String what, double[] values, int points) {
        if (values.length != points) {
            throw new IllegalArgumentException("the trajectory of " + run + " has " + points + " points and "
                    + values.length + " values of " + what);
        }
        return values.clone();
    }
}
