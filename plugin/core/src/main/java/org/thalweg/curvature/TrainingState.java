package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of training around a snapshot, as far as it is known. Closing frees its copies.
 *
 * @param previousParameters the network's flat vector one iteration before, a copy
 * @param updateRules how training moves the parameters, one rule for each range of the flat vector
 * @param otherFunction why training descends another function than the objective; empty if it descends the objective
 * @param batchSize examples of the last update's mini-batch
 * @since 0.2.0
 */
public record TrainingState(
        Available<INDArray> previousParameters,
        Available<List<UpdateRule>> updateRules,
        Optional<String> otherFunction,
        OptionalInt batchSize)
        implements AutoCloseable {

    /** Nothing is known, for example because the parameters come from a file. */
    public static final TrainingState UNKNOWN = new TrainingState(
            Available.absent(CurvatureQuantity.OFF), Available.absent(CurvatureQuantity.OFF), Optional.empty());

    /** A state whose batch size is not known. */
    public TrainingState(
            Available<INDArray> previousParameters,
            Available<List<UpdateRule>> updateRules,
            Optional<String> otherFunction) {
        this(previousParameters, updateRules, otherFunction, OptionalInt.empty());
    }

    @Override
    public void close() {
        previousParameters.value().ifPresent(INDArray::close);
        updateRules
                .value()
                .ifPresent(rules -> rules.forEach(rule -> rule.secondMoment().ifPresent(INDArray::close)));
    }
}
