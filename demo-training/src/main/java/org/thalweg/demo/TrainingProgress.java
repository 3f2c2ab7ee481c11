package org.thalweg.demo;

import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Progress of training, with the loss of the last batch. */
final class TrainingProgress extends BaseTrainingListener implements AutoCloseable {

    private final StepProgress progress;
    private long done;

    /**
     * @param console shows it
     * @param total number of iterations
     */
    TrainingProgress(Console console, long total) {
        this.progress = new StepProgress(console, "training", "iteration", total);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        done++;
        progress.at(done, String.format(Locale.ROOT, "batch loss %.4f", model.score()));
    }

    @Override
    public void close() {
        progress.close();
    }
}
