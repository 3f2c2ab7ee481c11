package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training was doing around a snapshot, as far as it is known. Closing frees the copies in it.
 *
 * @param previousParameters the network's flat vector one iteration before, a copy
 * @param updateRules how training moves the parameters, a range of the flat vector each
 * @param otherFunction why the function that training descends is another one than the objective; empty if it is the same
 * @since 0.2.0
 */
public record TrainingState(
        Available<INDArray> previousParameters, Available<List<UpdateRule>> updateRules, Optional<String> otherFunction)
        implements AutoCloseable {

    /** Nothing is known: the parameters come from a file, say. */
    public static final TrainingState UNKNOWN = new TrainingState(
            Available.absent(CurvatureQuantity.OFF), Available.absent(CurvatureQuantity.OFF), Optional.empty());

    @Override
    public void close() {
        previousParameters.value().ifPresent(INDArray::close);
        updateRules
                .value()
                .ifPresent(rules -> rules.forEach(rule -> rule.secondMoment().ifPresent(INDArray::close)));
    }
}
