package org.thalweg.spark;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;

/**
 * The objective on a part of the probe, kept on an executor with its open operator and slice. Confined to one thread
 * at a time.
 */
final class PartState {

    private final Objective made;
    private final int examples;
    private Objective objective;
    private long version;
    private @Nullable INDArray constants;
    private long operatorId;
    private @Nullable LinearOperator operator;
    private long sliceId;
    private BroadcastSlice.@Nullable Opened slice;
    private OptionalDouble predictions = OptionalDouble.empty();

    PartState(Part part) {
        Probe probe = part.data().read();
        this.examples = probe.size();
        this.made = part.make(probe);
        this.objective = made;
    }

    /** Adopts a context: takes over changed constants and frees operators and slices that are no longer open. */
    void set(PartContext context) {
        if (!context.isOpen(operatorId)) {
            closeOperator();
        }
        if (!context.isOpen(sliceId)) {
            closeSlice();
        }
        if (context.constants() != null && context.version() != version) {
            // Deeplearning4j's own vectors are rows.
            constants = ArrayBytes.array(
                    context.constants().value(),
                    1,
                    ArrayBytes.length(context.constants().value()));
            objective = objective.withConstants(new ParameterSnapshot(0, 0, constants));
            version = context.version();
        }
    }

    Objective objective() {
        return objective;
    }

    /** Number of predictions in the accuracy; the number of examples if the objective does not know it. */
    double predictions() {
        if (predictions.isEmpty()) {
            predictions = OptionalDouble.of(objective.predictions().orElse(examples));
        }
        return predictions.getAsDouble();
    }

    LinearOperator operator(Operator wanted) {
        if (operator == null || operatorId != wanted.id()) {
            closeOperator();
            operator = wanted.open(objective);
            operatorId = wanted.id();
        }
        return operator;
    }

    BroadcastSlice.Opened slice(BroadcastSlice wanted) {
        if (slice == null || sliceId != wanted.id()) {
            closeSlice();
            slice = wanted.open(objective);
            sliceId = wanted.id();
        }
        return slice;
    }

    private void closeOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    private void closeSlice() {
        if (slice != null) {
            slice.slice().close();
            slice.coefficients().directions().forEach(INDArray::close);
            slice = null;
        }
    }

    /** Frees everything. Must not be used afterwards. */
    void close() {
        closeOperator();
        closeSlice();
        made.close();
    }
}
