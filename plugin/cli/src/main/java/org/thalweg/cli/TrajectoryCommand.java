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
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.thalweg.analysis.TrajectoryAnalysis;
import org.thalweg.data.RecordedRuns;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.objective.Objective;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.surface.LossSurface;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg trajectory RUN [RUN2 ...] -o out.h5}. */
@Command(
        name = "trajectory",
        description = {
            "Puts runs onto one plane and computes the surface there. The runs must be of one network, with the",
            "same probe, and recorded with their weights. 'thalweg image' draws what comes out."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrajectoryCommand implements Callable<Integer> {

    /** What is lost at most when the process is killed. */
    private static final long SAVE_NANOS = 5_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Directories of the runs.")
    private List<Path> runs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write: out.h5.",
            required = true)
    private Path output;

    @Option(
            names = "--plane",
            paramLabel = "PLANE",
            description = "${COMPLETION-CANDIDATES}: of all runs' principal components, through the first run's last"
                    + " snapshot; or that of the first run's first frame (default: ${DEFAULT-VALUE}).",
            defaultValue = "pca")
    private Plane plane;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Points a side (default: ${DEFAULT-VALUE}).",
            defaultValue = "25")
    private int grid;

    @Option(
            names = "--range",
            paramLabel = "A:B[,C:D]",
            description = "Coordinates along the first and the second direction (default: what holds the runs).",
            converter = PlaneRange.Converter.class)
    private @Nullable PlaneRange range;

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            description = "At most so many of each run, evenly spaced (default: ${DEFAULT-VALUE}).",
            defaultValue = "200")
    private int snapshots;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the directions of the plane first-frame (default: the run's).")
    private @Nullable Long seed;

    /** Which plane. */
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
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".h5")) {
            throw new ParameterException(
                    spec.commandLine(), "trajectories are an HDF5 file: -o must end in .h5, got " + output);
        }
        RecordedRuns recorded = RecordedRuns.read(runs, snapshots);
        try (Objective train = ObjectiveChoice.of(recorded.model(), recorded.probe(), recorded.options(), false)
                .objective()) {
            TrajectoryAnalysis analysis = analysis(recorded, train);
            LossSurface surface =
                    analysis.empty(Usage.checked(spec, () -> range == null ? analysis.grid(grid) : range.grid(grid)));
            compute(analysis, surface);
            print(analysis.map(surface));
        }
        return 0;
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

    /** Writes the file before the first point, so that what keeps it from being written shows at once. */
    private void compute(TrajectoryAnalysis analysis, LossSurface surface) throws IOException {
        @Nullable Path parent = output.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        TrajectoryFile.write(output, analysis.map(surface));
        long[] saved = {System.nanoTime()};
        try (ProgressBar bar = Progress.bar("surface", " points", surface.grid().size())) {
            analysis.fill(surface, () -> {
                bar.stepTo(surface.evaluatedPoints());
                if (System.nanoTime() - saved[0] > SAVE_NANOS) {
                    save(analysis.map(surface));
                    saved[0] = System.nanoTime();
                }
                return false;
            });
            bar.stepTo(surface.evaluatedPoints());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        TrajectoryFile.write(output, analysis.map(surface));
    }

    private void save(TrajectoryMap map) {
        try {
            TrajectoryFile.write(output, map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(TrajectoryMap map) {
        PrintWriter out = spec.commandLine().getOut();
        for (TrajectoryValues run : map.trajectories()) {
            double[] loss = run.loss();
            double furthest = Arrays.stream(run.distance()).max().orElse(0);
            out.printf(
                    Locale.ROOT,
                    "%s: %d snapshots, loss %.4g to %.4g, off the plane up to %.3g%n",
                    run.run(),
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
        out.flush();
    }
}
