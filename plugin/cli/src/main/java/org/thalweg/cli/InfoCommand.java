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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg info RUN...}. */
@Command(
        name = "info",
        description =
                "Prints a run's network and the results of its frames; for several runs, a table of their last frames.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directories.")
    private List<Path> runs;

    @Option(names = "--json", description = "Print JSON: an object for each run, with its description and its frames.")
    private boolean json;

    /** A run and the frames that can be read. */
    record ReadRun(RunReader reader, List<Frame> frames) {}

    @Override
    public Integer call() throws IOException {
        List<ReadRun> read = new ArrayList<>();
        List<RunFormatException> damaged = new ArrayList<>();
        for (Path run : runs) {
            RunReader reader = RunReader.open(run);
            List<Frame> frames = new ArrayList<>();
            for (long iteration : reader.iterations()) {
                try {
                    frames.add(reader.frame(iteration));
                } catch (RunFormatException e) {
                    damaged.add(e);
                }
            }
            read.add(new ReadRun(reader, frames));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunsJson.of(read));
        } else if (read.size() == 1) {
            RunPage.print(read.get(0).reader(), read.get(0).frames(), out);
        } else {
            RunsTable.of(read).print(out);
        }
        out.flush();
        if (damaged.isEmpty()) {
            return 0;
        }
        String others = damaged.size() == 1 ? "" : " (and " + (damaged.size() - 1) + " more frames)";
        throw new IOException(damaged.get(0).getMessage() + others, damaged.get(0));
    }
}
