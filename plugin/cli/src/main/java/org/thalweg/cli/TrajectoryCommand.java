package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.analysis.TrajectoryAnalysis;
import org.thalweg.data.AllowedClasses;
import org.thalweg.data.RecordedRuns;
import org.thalweg.frame.Frame;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.listener.BackendCheck;
import org.thalweg.objective.Objective;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.recording.internal.OutputPath;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.terminal.internal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg trajectory RUN [RUN2 ...] -o out.h5}. */
@Command(
        name = "trajectory",
        description = {
            "Projects runs onto one plane and computes the surface there.",
            "The runs must train the same network with the same probe and record their weights. 'thalweg image' draws",
            "the result. The same command",
            "continues a file that was interrupted."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrajectoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directories.")
    private List<Path> runs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as out.h5.",
            required = true)
    private Path output;

    @Option(
            names = "--plane",
            paramLabel = "PLANE",
            description =
                    "Plane: ${COMPLETION-CANDIDATES}; principal components of all runs, through the first run's last"
                            + " snapshot, or the plane of the first run's first frame (default: ${DEFAULT-VALUE}).",
            defaultValue = "pca")
    private Plane plane;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Points per side (default: ${DEFAULT-VALUE}).",
            defaultValue = "25")
    private int grid;

    @Option(
            names = "--range",
            paramLabel = "A:B[,C:D]",
            description = "Ranges along the first and the second direction (default: ranges that hold the runs).",
            converter = PlaneRange.Converter.class)
    private @Nullable PlaneRange range;

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            description = "Largest number of snapshots per run, evenly spaced (default: ${DEFAULT-VALUE}).",
            defaultValue = "200")
    private int snapshots;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the directions of the plane first-frame (default: the run's).")
    private @Nullable Long seed;

    @Mixin
    private DeviceOption on;

    @Mixin
    private ClassOptions classes;

    /** The kinds of planes. */
    enum Plane {
        PCA(TrajectoryAnalysis.COMPONENTS),
        FIRST_FRAME(TrajectoryAnalysis.FIRST_FRAME);

        private final String label;

        Plane(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    @Override
    public Integer call() throws IOException {
        Usage.requireFile(spec, output, ".h5");
        if (snapshots < 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--snapshots': at least the first and the last are needed, got "
                            + snapshots);
        }
        AllowedClasses allowed = classes.allowed();
        OutputPath.prepareFile(output);
        BackendCheck.require();
        RecordedRuns recorded = RecordedRuns.read(runs, snapshots, allowed);
        try (Interruption interruption = Interruption.watch();
                Objective train = ObjectiveChoice.of(
                                recorded.model(), recorded.probe(), recorded.options(), false, on.device)
                        .objective()) {
            train.placement().run(() -> analyze(recorded, train, interruption));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private void analyze(RecordedRuns recorded, Objective train, Interruption interruption) {
        try {
            TrajectoryAnalysis analysis = analysis(recorded, train);
            Grid points = Usage.checked(spec, "--grid", () -> range == null ? analysis.grid(grid) : range.grid(grid));
            LossSurface surface = Files.exists(output) ? continued(analysis, points) : analysis.empty(points);
            compute(analysis, surface, interruption);
            print(analysis.map(surface));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TrajectoryAnalysis analysis(RecordedRuns recorded, Objective train) throws IOException {
        @Nullable
        Objective validation = recorded.validation().map(train::withProbe).orElse(null);
        if (plane == Plane.PCA) {
            return TrajectoryAnalysis.ofComponents(train, validation, recorded.trajectories());
        }
        OptionalLong other = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
        return TrajectoryAnalysis.ofFirstFrame(
                train, validation, recorded.trajectories(), recorded.firstFrameDirections(train.layout(), other));
    }

    /** Continues the file, and refuses one that holds anything else. */
    private LossSurface continued(TrajectoryAnalysis analysis, Grid points) throws IOException {
        TrajectoryMap before = TrajectoryFile.read(output)
                .orElseThrow(() ->
                        new IOException(output + " holds no trajectories: choose another file, or remove it first"));
        LossSurface surface;
        try {
            surface = analysis.continued(before, points);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    output + " holds other results: " + e.getMessage()
                            + "; repeat the same command, choose another file, or remove it first",
                    e);
        }
        StudySummary.continuing(
                output,
                StudySummary.points(before.frame().surface()),
                spec.commandLine().getOut());
        return surface;
    }

    private void compute(TrajectoryAnalysis analysis, LossSurface surface, Interruption interruption) {
        int points = surface.grid().size();
        try (Checkpoints checkpoints =
                new Checkpoints(interruption, null, () -> TrajectoryFile.write(output, analysis.map(surface)))) {
            analysis.fill(surface, () -> checkpoints.reached("surface", "points", surface.evaluatedPoints(), points));
            checkpoints.reached("surface", "points", surface.evaluatedPoints(), points);
        }
    }

    private void print(TrajectoryMap map) {
        PrintWriter out = spec.commandLine().getOut();
        for (TrajectoryValues run : map.trajectories()) {
            double[] loss = run.loss();
            double furthest = Arrays.stream(run.distance()).max().orElse(0);
            out.printf(
                    Locale.ROOT,
                    "%s: %d snapshots, loss %.4g to %.4g, up to %.3g off the plane%n",
                    PlainText.line(run.run()),
                    run.size(),
                    loss[0],
                    loss[loss.length - 1],
                    furthest);
        }
        map.variance()
                .ifPresent(variance -> out.printf(
                        Locale.ROOT,
                        "the plane explains %.1f %% and %.1f %% of the variance%n",
                        100 * variance.ratio()[0],
                        100 * variance.ratio()[1]));
        out.printf(Locale.ROOT, "%s: %d points%n", output, map.frame().surface().evaluatedPoints());
        if (map.frame().status() != Frame.Status.COMPLETE) {
            StudySummary.stopped(out);
        }
        out.flush();
    }
}
