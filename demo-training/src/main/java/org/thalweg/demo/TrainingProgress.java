package org.thalweg.demo;

import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** How far training is: a bar on a terminal, a line at every tenth elsewhere. */
final class TrainingProgress extends BaseTrainingListener implements AutoCloseable {

    private static final int LINES = 10;

    private final Console console;
    private final long total;
    private final Optional<ProgressBar> bar;
    private long done;

    /**
     * @param console where to show it
     * @param total iterations to come
     */
    TrainingProgress(Console console, long total) {
        this.console = console;
        this.total = total;
        this.bar = console.isTerminal() ? Optional.of(console.progressBar("training", total)) : Optional.empty();
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        done++;
        String loss = String.format(Locale.ROOT, "batch loss %.4f", model.score());
        if (bar.isPresent()) {
            bar.get().setExtraMessage(loss).stepTo(done);
        } else if (done * LINES / total > (done - 1) * LINES / total) {
            console.line(String.format(Locale.ROOT, "  iteration %d of %d, %s", done, total, loss));
        }
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
