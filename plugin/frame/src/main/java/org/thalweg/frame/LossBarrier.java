package org.thalweg.frame;

/**
 * The barrier of a path between two networks: how far the loss on the path rises above the straight line between the two
 * networks' losses, max over t of L(t) - ((1 - t) L(0) + t L(1)) (R. Entezari et al., "The Role of Permutation Invariance in
 * Linear Mode Connectivity of Neural Networks", ICLR 2022, definition 1). It is never negative, since it is 0 at both ends.
 *
 * @param height in units of the loss; infinite where a loss is not finite
 * @param t where it is, 0 to 1
 * @param loss there
 * @since 0.2.0
 */
public record LossBarrier(double height, double t, double loss) {

    /**
     * The barrier of the computed places of a path.
     *
     * @param t ascending, from 0 to 1, {@code [n]}
     * @param loss {@code [n]}; a loss that is not finite counts as infinite
     * @throws IllegalArgumentException if the arrays differ in length, or do not go from 0 to 1
     */
    public static LossBarrier of(double[] t, double[] loss) {
        int last = t.length - 1;
        if (loss.length != t.length || last < 1 || t[0] != 0 || t[last] != 1) {
            throw new IllegalArgumentException("a path must have a loss at each of its places from t = 0 to 1, got "
                    + loss.length + " losses at " + t.length + " places");
        }
        int highest = 0;
        double height = 0;
        for (int i = 0; i <= last; i++) {
            double rise = loss[i] - ((1 - t[i]) * loss[0] + t[i] * loss[last]);
            if (!Double.isFinite(loss[i])) {
                return new LossBarrier(Double.POSITIVE_INFINITY, t[i], loss[i]);
            }
            if (rise > height) {
                height = rise;
                highest = i;
            }
        }
        return new LossBarrier(height, t[highest], loss[highest]);
    }
}
