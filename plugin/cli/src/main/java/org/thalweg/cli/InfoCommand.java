package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunFormatException;
import org.thalweg.recording.RunReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg info RUN}. */
@Command(
        name = "info",
        description = "Prints what a run trained and the results of its frames.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run directory.")
    private Path run;

    @Override
    public Integer call() throws IOException {
        RunReader reader = RunReader.open(run);
        List<Frame> frames = new ArrayList<>();
        List<RunFormatException> damaged = new ArrayList<>();
        for (long iteration : reader.iterations()) {
            try {
                frames.add(reader.frame(iteration));
            } catch (RunFormatException e) {
                damaged.add(e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        RunPage.print(reader, frames, out);
        out.flush();
        if (damaged.isEmpty()) {
            return 0;
        }
        String others = damaged.size() == 1 ? "" : " (and " + (damaged.size() - 1) + " more frames)";
        throw new IOException(damaged.get(0).getMessage() + others, damaged.get(0));
    }
}
