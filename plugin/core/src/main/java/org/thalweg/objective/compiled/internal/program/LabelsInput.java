package org.thalweg.objective.compiled.internal.program;

/**
 * What steps read of the probe's labels.
 *
 * @param labels number of the labels array
 * @param part which
 */
public record LabelsInput(int labels, Part part) {

    /** The labels themselves, or a mask of theirs. */
    public enum Part {
        /** Channels last, in the shape that the steps say. */
        LABELS,
        /** One number for each entry of what is compared with the labels. */
        MASK
    }
}
