package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.thalweg.listener.BackendCheck;

/** The work of {@code thalweg analyze}: reads what is to be looked at, looks, and writes what was found. */
final class ModelAnalysis {

    private final AnalyzeOptions options;
    private final PrintWriter out;

    /** @param out where what the user should know is printed */
    ModelAnalysis(AnalyzeOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Does it, or goes on with it.
     *
     * @throws IOException if something cannot be read, written or gone on with; the message names the file
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
