package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.StudyFile;

/** An analysis that continues its output file, saves its results while it runs and prints a summary. */
abstract class AnalysisWork {

    final AnalyzeOptions options;
    final PrintWriter out;

    /** @param out receives messages for the user */
    AnalysisWork(AnalyzeOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /** Whether everything is computed. */
    abstract boolean complete();

    /** Computes what is missing, until a checkpoint says to stop. */
    abstract void compute(Checkpoints checkpoints);

    /** Writes the results so far to the output file. */
    abstract void save() throws IOException;

    /** Prints the results so far. */
    abstract void print();

    /** Computes what the output file lacks. */
    final void run(Interruption interruption) throws IOException {
        if (!complete()) {
            try (Checkpoints checkpoints = new Checkpoints(interruption, options.minutes, this::save)) {
                compute(checkpoints);
            }
        }
        print();
        if (!complete()) {
            StudySummary.stopped(out);
        }
    }

    /**
     * Says that the output file is continued.
     *
     * @param points the points that it has
     * @throws IOException if the file holds another analysis; the message names it and the difference
     */
    final void continued(RunProvenance recorded, RunProvenance now, String points) throws IOException {
        StudyFile.requireSame(options.output, recorded, now, OptionOfSetting::named);
        StudySummary.continuing(options.output, points, out);
    }
}
