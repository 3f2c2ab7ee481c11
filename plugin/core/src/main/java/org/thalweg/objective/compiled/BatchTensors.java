package org.thalweg.objective.compiled;

import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Value;

/** The tensors of the values of a program, for one batch. */
final class BatchTensors {

    private final EvaluationKind kind;
    private final int examples;
    private final boolean[] active;
    private final boolean[] constant;
    private final ValueTensors values;
    private final ValueTensors deltas;
    private final ValueTensors tangents;
    private final ValueTensors deltaTangents;

    /**
     * @param kept memory that survives between the products of a Hessian
     * @param passing memory that does not
     */
    BatchTensors(Program program, int examples, EvaluationKind kind, Arena kept, Arena passing) {
        this.kind = kind;
        this.examples = examples;
        this.active = program.activeSlots();
        this.constant = program.constantSlots();
        this.values = new ValueTensors(kept, examples, program.slots());
        this.deltas = new ValueTensors(kept, examples, program.slots());
        this.tangents = new ValueTensors(passing, examples, program.slots());
        this.deltaTangents = new ValueTensors(passing, examples, program.slots());
    }

    EvaluationKind kind() {
        return kind;
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

    ValueTensors values() {
        return values;
    }

    /** Gradients of the loss with respect to the values. */
    ValueTensors deltas() {
        return deltas;
    }

    /** Derivatives of the values along a direction. */
    ValueTensors tangents() {
        return tangents;
    }

    /** Derivatives of the gradients along a direction. */
    ValueTensors deltaTangents() {
        return deltaTangents;
    }
}
