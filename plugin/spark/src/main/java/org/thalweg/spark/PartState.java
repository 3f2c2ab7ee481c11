package org.thalweg.spark;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;

/** The objective on a part of the probe, kept on an executor with what is open of it. Confined to one thread at a time. */
final class PartState {

    private final Objective made;
    private final int examples;
    private Objective objective;
    private long version;
    private @Nullable INDArray constants;
    private long operatorId;
    private @Nullable Hessian operator;
    private long familyId;
    private Family.@Nullable Opened family;
    private OptionalDouble predictions = OptionalDouble.empty();

    PartState(Part part) {
        Probe probe = part.data().read();
        this.examples = probe.size();
        this.made = part.make(probe);
        this.objective = made;
    }

    /** Takes over what the question says: constants that have changed; what is no longer open is freed. */
    void set(Setting setting) {
        if (!setting.isOpen(operatorId)) {
            closeOperator();
        }
        if (!setting.isOpen(familyId)) {
            closeFamily();
        }
        if (setting.constants() != null && setting.version() != version) {
            // Deeplearning4j's own vectors are rows.
            constants = Vectors.array(
                    setting.constants().value(),
                    1,
                    Vectors.length(setting.constants().value()));
            objective = objective.withConstants(new ParameterSnapshot(0, 0, constants));
            version = setting.version();
        }
    }

    Objective objective() {
        return objective;
    }

    /** How many predictions accuracy is a share of; of an objective that does not know, the examples. */
    double predictions() {
        if (predictions.isEmpty()) {
            predictions = OptionalDouble.of(objective.predictions().orElse(examples));
        }
        return predictions.getAsDouble();
    }

    Hessian operator(Operator wanted) {
        if (operator == null || operatorId != wanted.id()) {
            closeOperator();
            operator = wanted.open(objective);
            operatorId = wanted.id();
        }
        return operator;
    }

    Family.Opened family(Family wanted) {
        if (family == null || familyId != wanted.id()) {
            closeFamily();
            family = wanted.open(objective);
            familyId = wanted.id();
        }
        return family;
    }

    private void closeOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    private void closeFamily() {
        if (family != null) {
            family.slice().close();
            family.coefficients().directions().forEach(INDArray::close);
            family = null;
        }
    }

    /** Frees everything; not used afterwards. */
    void close() {
        closeOperator();
        closeFamily();
        made.close();
    }
}
