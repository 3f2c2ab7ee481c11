package org.thalweg.objective.compiled.spi;

import java.util.SplittableRandom;

/**
 * Draws the factors and the summands of one example's elements.
 *
 * @since 0.2.0
 */
@FunctionalInterface
public interface DropoutDraw {

    /**
     * Draws for one example.
     *
     * @param random the example's own
     * @param channels their number; each has factors.length / channels elements
     * @param factors channel by channel, initially 1
     * @param summands likewise, initially 0
     */
    void draw(SplittableRandom random, int channels, double[] factors, double[] summands);
}
