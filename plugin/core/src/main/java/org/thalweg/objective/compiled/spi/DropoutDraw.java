package org.thalweg.objective.compiled.spi;

import java.util.SplittableRandom;

/**
 * Draws what the elements of one example are multiplied with and what is added to them.
 *
 * @since 0.2.0
 */
@FunctionalInterface
public interface DropoutDraw {

    /**
     * Draws for one example.
     *
     * @param random the example's own
     * @param channels how many there are, of factors.length / channels elements each
     * @param factors channel by channel, initially 1
     * @param summands likewise, initially 0
     */
    void draw(SplittableRandom random, int channels, double[] factors, double[] summands);
}
