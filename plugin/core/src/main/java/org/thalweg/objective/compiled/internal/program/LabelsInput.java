package org.thalweg.objective.compiled.internal.program;

/**
 * The part of the probe's labels that steps read.
 *
 * @param labels number of the labels array
 * @param part which
 */
public record LabelsInput(int labels, Part part) {

    /** The labels themselves or their mask. */
    public enum Part {
        /** The labels with channels last, in the shape that the steps request. */
        LABELS,
        /** The mask, one number for each entry that is compared with the labels. */
        MASK
    }
}
