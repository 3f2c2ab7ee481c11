package org.thalweg.objective.compiled.internal.program;

/** What the probe's labels are to an output. */
public enum LabelForm {
    /** One number for each entry of what is compared. */
    ENTRIES,
    /** The number of a class a row, for a one among zeros. */
    CLASS_NUMBERS,
    /** An operand of steps: what is compared is a loss already, which is added up whatever masks say. */
    OPERAND
}
