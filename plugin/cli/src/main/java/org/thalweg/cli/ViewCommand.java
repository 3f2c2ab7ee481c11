package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thalweg.recording.RunDirectory;
import org.thalweg.recording.RunReader;
import org.thalweg.viewer.PageFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg view RUN... -o run.html}. */
@Command(
        name = "view",
        description = {
            "Writes a page that shows runs, up to four surfaces side by side.",
            "It is one HTML file that needs no server and no network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Run directories, or folders of runs: all runs below them.")
    private List<Path> runs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as run.html.",
            required = true)
    private Path output;

    @Override
    public Integer call() throws IOException {
        int frames = PageFile.write(output, readers(spec, runs));
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%s: %d frames, %.1f MB%n", output, frames, Files.size(output) / 1e6);
        return 0;
    }

    private static List<RunReader> readers(CommandSpec spec, List<Path> runs) throws IOException {
        List<RunReader> readers = new ArrayList<>();
        for (Path path : runs) {
            for (Path run : ServeCommand.isFolder(path) ? RunDirectory.below(path) : List.of(path)) {
                readers.add(RunReader.open(run));
            }
        }
        if (readers.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no run below " + runs.get(0));
        }
        return readers;
    }
}
