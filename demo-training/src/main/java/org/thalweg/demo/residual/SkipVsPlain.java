package org.thalweg.demo.residual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.thalweg.analysis.ConvexityMap;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.convexity.ConvexityPlot;
import org.thalweg.demo.convexity.ConvexityStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ResidualNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Grid;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * Repeats the observation of H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein ("Visualizing the loss landscape of
 * neural nets", NeurIPS 2018, figures 1, 5 and 7, sections 5.2 and 6): the surface around the minimizer of a deep
 * network is chaotic without shortcuts, and smooth and flat with them; and points that look chaotic have large
 * negative eigenvalues.
 *
 * @param images training and held-out images
 * @param size sizes of network, data and surface
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record SkipVsPlain(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 128;

    /** Up to a few times the loss of guessing, log 10: further out both surfaces rise by many orders of magnitude. */
    private static final FilmOptions FILM = Comparison.FILM.withValues(
            ValueOptions.DEFAULT.withLogarithmic(false).withRange(OptionalDouble.of(0), OptionalDouble.of(8)));

    /**
     * Sizes of network, data and surface.
     *
     * @param blocks blocks in a stage, of each pair of networks; the last pair is compared in full
     * @param filters filters of the first stage
     * @param steps steps of training
     * @param frames frames of training after the first
     * @param grid points on each side of the surfaces
     * @param planes random planes through each minimizer
     * @param map points on each side of the convexity map, a subset of the grid
     * @param probe number of images of the surface
     * @param film options of the comparison's film
     */
    public record Size(
            List<Integer> blocks,
            int filters,
            int steps,
            int frames,
            int grid,
            int planes,
            int map,
            int probe,
            FilmOptions film) {
        /** The source's depth, half its filters; takes minutes. */
        public static final Size DEFAULT = new Size(List.of(9), 8, 700, 1, 25, 2, 4, 64, FILM);
        /** The source's depths and filters; takes less than two hours. */
        public static final Size FULL = new Size(List.of(3, 9), 16, 4_000, 4, 51, 2, 5, 128, FILM);
    }

    /**
     * Trains all networks, judges the claims, and films the deepest two side by side.
     *
     * @param directory receives runs, film and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        RecordedStudy study = RecordedStudy.in(directory, description());
        Findings findings = new Findings(console);
        List<Pair> pairs = new ArrayList<>();
        for (int blocks : size.blocks()) {
            pairs.add(new Pair(look(blocks, true, study), look(blocks, false, study)));
        }
        Pair deepest = pairs.get(pairs.size() - 1);
        new Comparison(
                        RunFrames.open(directory.resolve(deepest.residual().name())),
                        RunFrames.open(directory.resolve(deepest.plain().name())))
                .write(size.film(), directory, "skip-vs-plain", console);
        List<ConvexityStudy> maps =
                List.of(convexity(deepest.residual(), directory), convexity(deepest.plain(), directory));
        ConvexityPlot.write(directory.resolve("convexity.png"), maps);
        for (ObjectiveMode mode : Look.MODES) {
            findings.line("");
            findings.line(mode == ObjectiveMode.RUNNING ? "on running statistics" : "on the batch's statistics");
            findings.line(Look.HEADER);
            pairs.stream().flatMap(Pair::both).forEach(look -> look.rows(mode).forEach(findings::line));
        }
        for (ConvexityStudy map : maps) {
            findings.line("");
            findings.format(
                    "%s: |lambda_min / lambda_max| on %d x %d points of the surface, beta upwards",
                    map.name(), size.map(), size.map());
            map.table().forEach(findings::line);
        }
        judge(findings, deepest);
        judgeConvexity(findings, maps.get(0), maps.get(1));
        findings.write(directory);
    }

    /** One depth, with and without shortcuts. */
    private record Pair(Look residual, Look plain) {
        Stream<Look> both() {
            return Stream.of(residual, plain);
        }
    }

    private static void judge(Findings findings, Pair pair) {
        Look with = pair.residual();
        Look without = pair.plain();
        int planes = with.in(ObjectiveMode.RUNNING).size();
        findings.claim(
                "Without shortcuts the surface of a deep network is chaotic, with them it is smooth (Li et al. 2018,"
                        + " figures 1 and 5)",
                without.minima() > with.minima() && without.persistence() > with.persistence(),
                String.format(
                        Locale.ROOT,
                        "%d local minima without and %d with them on %d planes each, depths of all but the lowest"
                                + " summed: %.3g and %.3g a plane",
                        without.minima(),
                        with.minima(),
                        planes,
                        without.persistence(),
                        with.persistence()));
        findings.claim(
                "Shortcuts keep minimizers flat (Li et al. 2018, section 5.2)",
                without.rise() > with.rise(),
                String.format(
                        Locale.ROOT,
                        "mean rise at radius 0.5: %.3g without, %.3g with them",
                        without.rise(),
                        with.rise()));
        double gap = with.frame().validationAccuracy().orElseThrow()
                - without.frame().validationAccuracy().orElseThrow();
        findings.claim(
                "Flat and smooth comes with low test error (Li et al. 2018, section 5.5)",
                gap > 0,
                String.format(Locale.ROOT, "%.1f %% more of the held-out images right with shortcuts", gap));
    }

    private static void judgeConvexity(Findings findings, ConvexityStudy smooth, ConvexityStudy chaotic) {
        findings.claim(
                "What looks chaotic has large negative eigenvalues, what looks smooth does not (Li et al. 2018,"
                        + " section 6, figure 7)",
                chaotic.median() > smooth.median(),
                String.format(
                        Locale.ROOT,
                        "median of |lambda_min / lambda_max| over all points is %.3g without, %.3g with them",
                        chaotic.median(),
                        smooth.median()));
    }

    /** Trains and films, then looks at the result in both modes and on all planes. */
    private Look look(int blocks, boolean shortcuts, RecordedStudy study) throws IOException {
        ResidualNetwork kind = new ResidualNetwork(blocks, size.filters(), shortcuts);
        Path run = study.run(kind.name());
        ComputationGraph network = new LongTraining(kind, images.training(), size.steps(), size.frames(), seed, console)
                .run(run, landscape(ObjectiveMode.RUNNING, 0, run));
        Map<ObjectiveMode, List<Frame>> surfaces = new EnumMap<>(ObjectiveMode.class);
        for (ObjectiveMode mode : Look.MODES) {
            List<Frame> planes = new ArrayList<>();
            for (int plane = 0; plane < size.planes(); plane++) {
                String name = mode == ObjectiveMode.RUNNING && plane == 0
                        ? kind.name()
                        : kind.name() + "-" + mode.name().toLowerCase(Locale.ROOT) + "-plane" + (plane + 1);
                Optional<Frame> done = study.frame(name);
                planes.add(
                        done.isPresent()
                                ? done.get()
                                : MonitoredTraining.look(network, landscape(mode, plane, study.run(name))));
            }
            surfaces.put(mode, planes);
        }
        return new Look(kind.name(), network, surfaces);
    }

    /** Everything that the results depend on. */
    private Map<String, String> description() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("scenario", "skip-vs-plain");
        settings.put("seed", Long.toString(seed));
        settings.put(
                "images", images.training().size() + " of " + images.training().source());
        settings.put("size", size.toString());
        return settings;
    }

    private Consumer<LandscapeListenerBuilder> landscape(ObjectiveMode mode, int plane, Path run) {
        return to -> {
            to.probe(probe())
                    .validation(validation())
                    .objective(ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(BATCH))
                    .surface(SurfaceOptions.DEFAULT
                            .withGrid(Grid.square(size.grid(), 1))
                            .withSeed(seed + plane)
                            // Minima are counted among computed points.
                            .withAllPoints())
                    .recording(RecordingOptions.DEFAULT
                            .withDirectory(run)
                            // A kill may leave frames later than the saved model; training computes them again.
                            .withDiscardLaterFrames(true));
            if (plane == 0) {
                to.curvature(MonitoredTraining.EXTREMES);
            } else {
                // The minimizer's eigenvalues are the same on every plane.
                to.eigenvalues(0);
            }
        };
    }

    private ConvexityStudy convexity(Look look, Path directory) throws IOException {
        ConvexityStudy map = ConvexityStudy.at(
                look.name(),
                look.frame(),
                look.network(),
                probe(),
                new ConvexityMap(Grid.square(size.grid(), 1), size.map()),
                seed,
                console);
        map.write(
                directory.resolve(look.name() + "-convexity.h5"),
                RunReader.open(directory.resolve(look.name())).provenance());
        return map;
    }

    private Probe probe() {
        return new Batches(images.training(), BATCH, seed).probe(size.probe());
    }

    private Probe validation() {
        return new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
    }
}
