package org.thalweg.curvature;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How training moves a range of the network's flat parameter vector.
 *
 * @param from first element
 * @param to one past the last element
 * @param updater its configuration
 * @param learningRate of the next update, including the schedule; NaN where there is none
 * @param iteration number of completed updates
 * @param epoch number of completed epochs
 * @param secondMoment copy of the state whose root an adaptive updater divides by, {@code [to - from]}, see
 *     {@link StepSizeRule#state}; empty where it was not copied or there is none
 * @since 0.2.0
 */
public record UpdateRule(
        long from,
        long to,
        IUpdater updater,
        double learningRate,
        int iteration,
        int epoch,
        Optional<INDArray> secondMoment) {}
