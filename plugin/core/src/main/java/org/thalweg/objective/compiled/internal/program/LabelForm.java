package org.thalweg.objective.compiled.internal.program;

/** The form of the probe's labels for an output. */
public enum LabelForm {
    /** One number for each entry of the compared value. */
    ENTRIES,
    /** The index of a class per row, in place of one-hot labels. */
    CLASS_NUMBERS,
    /** An operand of steps: the compared value is already a loss, which is summed regardless of masks. */
    OPERAND
}
