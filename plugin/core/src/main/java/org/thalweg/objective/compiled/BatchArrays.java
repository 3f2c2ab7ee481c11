package org.thalweg.objective.compiled;

import org.thalweg.objective.compiled.kernel.Purpose;
import org.thalweg.objective.compiled.op.Arena;
import org.thalweg.objective.compiled.program.Program;
import org.thalweg.objective.compiled.program.Value;

/** The arrays of the values of a program, for one batch. */
final class BatchArrays {

    private final Purpose purpose;
    private final int examples;
    private final boolean[] active;
    private final boolean[] constant;
    private final Slots values;
    private final Slots deltas;
    private final Slots tangents;
    private final Slots deltaTangents;

    /**
     * @param kept memory that survives between the products of a Hessian
     * @param passing memory that does not
     */
    BatchArrays(Program program, int examples, Purpose purpose, Arena kept, Arena passing) {
        this.purpose = purpose;
        this.examples = examples;
        this.active = program.activeSlots();
        this.constant = program.constantSlots();
        this.values = new Slots(kept, examples, program.slots());
        this.deltas = new Slots(kept, examples, program.slots());
        this.tangents = new Slots(passing, examples, program.slots());
        this.deltaTangents = new Slots(passing, examples, program.slots());
    }

    Purpose purpose() {
        return purpose;
    }

    int examples() {
        return examples;
    }

    boolean active(Value value) {
        return active[value.slot()];
    }

    boolean constant(Value value) {
        return constant[value.slot()];
    }

    Slots values() {
        return values;
    }

    /** Gradients of the loss with respect to the values. */
    Slots deltas() {
        return deltas;
    }

    /** Derivatives of the values along a direction. */
    Slots tangents() {
        return tangents;
    }

    /** Derivatives of the gradients along a direction. */
    Slots deltaTangents() {
        return deltaTangents;
    }
}
