package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.thalweg.recording.LineSearch;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunSearch;
import org.thalweg.recording.RunSearch.Found;
import org.thalweg.viewer.RunViewer;
import org.thalweg.viewer.ViewerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg serve RUN|LINE.h5...}, or a folder of them. */
@Command(
        name = "serve",
        description = {
            "Serves a page that shows runs, up to four surfaces side by side, and curves along lines.",
            "New frames and points, and new runs and lines below a folder, appear as they are written, until the"
                    + " command",
            "is interrupted."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN|FILE",
            arity = "1..*",
            description = {
                "Run directories; files of 'thalweg analyze --line'; folders: the page lists all runs and lines below"
                        + " them."
            })
    private List<Path> sources;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).",
            defaultValue = "8642")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = {
                "Interface to listen on (default: ${DEFAULT-VALUE}, which other machines cannot reach).",
                "Any other, such as 0.0.0.0 for all, requires the token in the printed address."
            },
            defaultValue = "localhost")
    private String host;

    @Option(
            names = "--token",
            paramLabel = "T",
            description = "Token of at least 16 letters, digits, '-' or '_' (default: a random one).")
    private Optional<String> token = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ViewerOptions at = Usage.checked(spec, "--port", () -> ViewerOptions.DEFAULT.withPort(port));
        ViewerOptions on = Usage.checked(spec, "--host", () -> at.withHost(host));
        ViewerOptions options = Usage.checked(spec, "--token", () -> new ViewerOptions(on.host(), on.port(), token));
        try (RunViewer viewer = viewer(options)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(viewer.address());
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private RunViewer viewer(ViewerOptions options) throws IOException {
        if (sources.stream().anyMatch(RunSearch::isFolder)) {
            return RunViewer.watch(options, sources);
        }
        List<Path> lines = new ArrayList<>();
        for (Path source : sources) {
            if (LineSearch.isLine(source)) {
                lines.add(source);
            }
        }
        List<RunReader> runs =
                new RunSearch(sources).next().stream().map(Found::reader).toList();
        return RunViewer.start(options, runs, lines);
    }
}
