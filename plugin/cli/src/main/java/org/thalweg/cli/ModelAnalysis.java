package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.thalweg.listener.BackendCheck;
import org.thalweg.recording.internal.OutputPath;

/** Runs {@code thalweg analyze}: reads the inputs, analyzes them and writes the results. */
final class ModelAnalysis {

    private final AnalyzeOptions options;
    private final PrintWriter out;

    /** @param out receives messages for the user */
    ModelAnalysis(AnalyzeOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs or continues the analysis.
     *
     * @throws IOException if a file cannot be read, written or continued; the message names it
     */
    void run() throws IOException {
        OutputPath.prepareFile(options.output);
        BackendCheck.require();
        try (Interruption interruption = Interruption.watch();
                ObjectiveMaker maker = ObjectiveMaker.of(options.master, options.on.device, out);
                AnalysisInputs inputs = AnalysisInputs.read(options, maker, out)) {
            inputs.train().placement().run(() -> run(inputs, interruption));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private void run(AnalysisInputs inputs, Interruption interruption) {
        try {
            AnalysisWork work =
                    options.plane.line ? new LineWork(inputs, options, out) : new SurfaceWork(inputs, options, out);
            work.run(interruption);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
