package org.thalweg.objective.compiled.spi;

/**
 * Which predictions of an output are correct.
 *
 * @since 0.2.0
 */
public sealed interface AccuracyMetric {

    /** A regression, which has no right or wrong predictions. */
    record None() implements AccuracyMetric {}

    /** One prediction per example: its largest entry. */
    record Argmax() implements AccuracyMetric {}

    /**
     * One prediction per entry: whether it is above a threshold.
     *
     * @param threshold 0 for logits, 0.5 for probabilities
     */
    record Threshold(double threshold) implements AccuracyMetric {}
}
