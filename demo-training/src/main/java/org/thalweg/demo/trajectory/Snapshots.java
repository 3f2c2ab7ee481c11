package org.thalweg.demo.trajectory;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.thalweg.objective.ParameterSnapshot;

/** Keeps a network's parameters before training and at regular intervals. */
final class Snapshots extends BaseTrainingListener {

    private final int every;
    private final List<ParameterSnapshot> taken = new ArrayList<>();
    private int iterations;

    /**
     * @param network not yet trained
     * @param every number of iterations between snapshots
     */
    Snapshots(Model network, int every) {
        this.every = every;
        take(network);
    }

    @Override
    public void iterationDone(Model network, int iteration, int epoch) {
        iterations++;
        if (iterations % every == 0) {
            take(network);
        }
    }

    private void take(Model network) {
        taken.add(new ParameterSnapshot(
                iterations, iterations / every, network.params().dup()));
    }

    /** The snapshots in the order of training. */
    List<ParameterSnapshot> taken() {
        return List.copyOf(taken);
    }
}
