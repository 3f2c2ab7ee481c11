package org.thalweg.topology;

import java.util.OptionalInt;

/**
 * A hollow of a surface: a branch of its merge tree, or a bar of its persistence bar code. Immutable.
 *
 * @param row of its lowest point
 * @param column of its lowest point
 * @param isOnRim whether its lowest point lies on the rim of the surface, beyond which the loss may fall further: it proves no minimum
 * @param birth the loss at its lowest point
 * @param death the loss at the pass to a lower hollow; infinite where there is none
 * @param saddleRow row of that pass; -1 where there is none
 * @param saddleColumn column of that pass; -1 where there is none
 * @param parent the place of that lower hollow among all of the tree; absent where there is none
 * @param error how far the pass may lie lower between the points: a hollow that is not deeper than this may be none
 * @since 0.2.0
 */
public record Hollow(
        int row,
        int column,
        boolean isOnRim,
        double birth,
        double death,
        int saddleRow,
        int saddleColumn,
        OptionalInt parent,
        double error) {

    /** Its depth below the pass, in units of the loss. */
    public double persistence() {
        return death - birth;
    }

    /**
     * Whether it is deeper than its error and a given one.
     *
     * @param noise error of a loss, such as {@link MergeTree#samplingNoise}
     */
    public boolean isDeeperThan(double noise) {
        return persistence() > Math.max(noise, error);
    }
}
