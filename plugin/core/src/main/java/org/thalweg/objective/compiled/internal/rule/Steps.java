package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.thalweg.objective.compiled.internal.kernel.LastStep;
import org.thalweg.objective.compiled.internal.kernel.Masking;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.Value;

/** What layers and vertices do with the steps of sequences. */
final class Steps {

    private Steps() {}

    /**
     * The last step of sequences that is not masked.
     *
     * @param backwards whether the first step is the last one
     */
    static Value last(StepScope scope, Value sequence, boolean backwards) {
        Value mask = sequence.mask();
        if (mask == null) {
            return scope.select(sequence, 0, backwards ? 0 : sequence.size(0) - 1);
        }
        Value last = scope.step(new LastStep(backwards), mask, mask.shape());
        Value only = scope.step(new Masking(), List.of(sequence, last), sequence.shape());
        return scope.sum(only, 0);
    }
}
