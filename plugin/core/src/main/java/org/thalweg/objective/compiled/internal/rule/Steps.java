package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.LastStep;
import org.thalweg.objective.compiled.internal.kernel.MaskFunction;
import org.thalweg.objective.compiled.internal.kernel.Masking;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/** What layers and vertices do with the steps of sequences. */
final class Steps {

    private Steps() {}

    /** The mask of what is made of several values: a step counts if it does in one of them; none if one has none. */
    static @Nullable Value anyMask(StepScope scope, List<Value> values) {
        Value any = values.get(0).mask();
        boolean joined = false;
        for (Value value : values) {
            Value mask = value.rank() == 2 ? mask(scope, value) : value.mask();
            if (any == null || mask == null) {
                return null;
            }
            if (mask.slot() != any.slot()) {
                any = scope.elementwise(new MaskFunction(UnaryFunction.STEP), scope.combine(List.of(any, mask), 1, 1));
                joined = true;
            }
        }
        if (any != null && values.size() > 1 && !joined) {
            // DL4J makes zeros and ones of a mask that several inputs share; as it is, it stays the input's.
            scope.requireBinaryMasks(
                    "joins inputs that share a mask of other values than 0 and 1, which is not covered");
        }
        return any;
    }

    /**
     * The mask of sequences, null for none.
     *
     * @throws org.thalweg.objective.UnsupportedNetworkException if it is one of more or fewer steps: DL4J's upsampling, cropping
     *     and padding hand masks on as they are, and what reads one behind them fails or masks other steps
     */
    static @Nullable Value mask(StepScope scope, Value sequence) {
        Value mask = sequence.mask();
        if (mask != null && mask.size(0) != sequence.size(0)) {
            throw scope.unsupported("reads sequences of " + sequence.size(0) + " steps with a mask of " + mask.size(0)
                    + ", which upsampling, cropping or padding handed on as it was");
        }
        return mask;
    }

    /** A value of a layer that DL4J has pad, crop or repeat the last axis, which is time in the format NCW alone. */
    static Value channelsFirst(StepScope scope, Value sequence) {
        if (scope.sequenceFormat() != RNNFormat.NCW) {
            throw scope.unsupported("takes channels for steps in the format NWC, which is not covered");
        }
        return sequence;
    }

    /**
     * The last step of sequences that is not masked.
     *
     * @param backwards whether the first step is the last one
     */
    static Value last(StepScope scope, Value sequence, boolean backwards) {
        Value mask = mask(scope, sequence);
        if (mask == null) {
            return scope.select(sequence, 0, backwards ? 0 : sequence.size(0) - 1);
        }
        Value last = scope.step(new LastStep(backwards), mask, mask.shape());
        Value only = scope.step(new Masking(), List.of(sequence, last), sequence.shape());
        return scope.sum(only, 0);
    }
}
