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

/** Common operations on the steps of sequences. */
final class Steps {

    private Steps() {}

    /** The mask of a value made from several: a step counts if it counts in one of them; no mask if one has none. */
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
            // DL4J reduces a mask that several inputs share to zeros and ones. A mask of one input stays as it is.
            scope.requireBinaryMasks(
                    "joins inputs that share a mask of other values than 0 and 1, which is not covered");
        }
        return any;
    }

    /**
     * The mask of sequences, null for none.
     *
     * @throws org.thalweg.objective.UnsupportedNetworkException if it has more or fewer steps than the sequences:
     *     DL4J's upsampling, cropping and padding pass masks on unchanged, and a layer that reads one after them fails
     *     or masks the wrong steps
     */
    static @Nullable Value mask(StepScope scope, Value sequence) {
        Value mask = sequence.mask();
        if (mask != null && mask.size(0) != sequence.size(0)) {
            throw scope.unsupported("reads sequences of " + sequence.size(0) + " steps with a mask of " + mask.size(0)
                    + ", which upsampling, cropping or padding handed on as it was");
        }
        return mask;
    }

    /**
     * The input of a layer for which DL4J pads, crops or repeats the last axis, which is time only in the format NCW.
     */
    static Value channelsFirst(StepScope scope, Value sequence) {
        if (scope.sequenceFormat() != RNNFormat.NCW) {
            throw scope.unsupported("takes channels for steps in the format NWC, which is not covered");
        }
        return sequence;
    }

    /**
     * The last unmasked step of sequences.
     *
     * @param backwards whether the sequence is read from its end, so that the first step is the last
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
