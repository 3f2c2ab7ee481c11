package org.thalweg.demo.generalization;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.thalweg.demo.data.Batches;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;

/**
 * Trains until the loss of all training images has come down to a criterion: networks that stop at different losses differ
 * in sharpness for that reason alone.
 *
 * @param criterion largest training loss at the end
 * @param epochs largest number of epochs
 */
record CriterionTraining(double criterion, int epochs) {

    /** Iterations between two looks at the loss once it is near the criterion. */
    private static final int CLOSE = 8;
    /** A loss at most this many times the criterion is near. */
    private static final double NEAR = 4;

    /**
     * Trains a network.
     *
     * @param network initialized; without BatchNorm, so that its parameters alone decide the loss
     * @param batches the training data
     * @param all all of it
     */
    void run(MultiLayerNetwork network, Batches batches, Probe all) {
        try (Objective objective =
                ObjectiveChoice.of(network, all, ObjectiveOptions.DEFAULT, true).objective()) {
            double loss = Double.POSITIVE_INFINITY;
            for (int epoch = 0; epoch < epochs; epoch++) {
                DataSetIterator data = batches.epoch(epoch, batches.perEpoch());
                while (data.hasNext()) {
                    network.fit(data.next());
                    boolean isDue =
                            loss <= NEAR * criterion ? network.getIterationCount() % CLOSE == 0 : !data.hasNext();
                    if (isDue) {
                        loss = objective
                                .evaluate(objective.layout().pack(network.params()))
                                .loss();
                        if (loss <= criterion || !Double.isFinite(loss)) {
                            return;
                        }
                    }
                }
            }
        }
    }
}
