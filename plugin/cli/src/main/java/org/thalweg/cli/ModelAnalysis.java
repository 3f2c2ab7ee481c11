package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.thalweg.listener.BackendCheck;

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
        OutputFile.makeRoom(options.output);
        BackendCheck.require();
        try (Interruption interruption = Interruption.watch();
                ObjectiveMaker maker = ObjectiveMaker.of(options.master, out);
                AnalysisInputs inputs = AnalysisInputs.read(options, maker, out)) {
            if (options.plane.line) {
                new LineWork(inputs, options, out).run(interruption);
            } else {
                new SurfaceWork(inputs, options, out).run(interruption);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }
}
