package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.recording.ConnectionFile;
import org.thalweg.recording.LineSearch;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunSearch;
import org.thalweg.recording.RunSearch.Found;
import org.thalweg.recording.internal.ShutdownCleanup;
import org.thalweg.viewer.PageFile;
import org.thalweg.viewer.PageLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg view RUN|LINE.h5... -o run.html}. */
@Command(
        name = "view",
        description = {
            "Writes a page that shows runs, up to four surfaces side by side, and curves along lines.",
            "It is one HTML file that needs no server and no network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|FILE",
            arity = "1..*",
            description = {
                "Run directories; files of 'thalweg analyze' and 'thalweg connect'; folders: all runs and lines below"
                        + " them."
            })
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as run.html.",
            required = true)
    private Path output;

    /** Both paths of a file of 'thalweg connect', whose surface is a run's. */
    private static List<PageLine> connection(Path source) throws IOException {
        Optional<ConnectionStudy> study = Files.isRegularFile(source) ? ConnectionFile.read(source) : Optional.empty();
        return study.map(found -> {
                    String ends = found.first() + " to " + found.second();
                    return List.of(
                            new PageLine("straight line, " + ends, found.line()),
                            new PageLine("curve, " + ends, found.curve()));
                })
                .orElse(List.of());
    }

    @Override
    public Integer call() throws IOException {
        Usage.requireFile(spec, output, ".html", ".htm");
        List<RunReader> runs =
                new RunSearch(sources).next().stream().map(Found::reader).toList();
        List<PageLine> lines = new ArrayList<>();
        new LineSearch(sources).next().forEach(found -> lines.add(new PageLine(found.name(), found.line())));
        for (Path source : sources) {
            lines.addAll(connection(source));
        }
        if (runs.isEmpty() && lines.isEmpty()) {
            throw new IOException("there is no run and no line below " + sources.get(0));
        }
        int frames;
        try (ShutdownCleanup cleanup = ShutdownCleanup.watch()) {
            frames = PageFile.write(output, runs, lines);
        }
        String also = lines.isEmpty() ? "" : lines.size() + (lines.size() == 1 ? " line, " : " lines, ");
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %d %s, %s%.1f MB%n",
                        output,
                        frames,
                        frames == 1 ? "frame" : "frames",
                        also,
                        Files.size(output) / 1e6);
        return 0;
    }
}
