package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.ConvexityEvaluator;
import org.thalweg.analysis.NetworkStudy;
import org.thalweg.analysis.NetworkStudy.Stage;
import org.thalweg.analysis.RandomPlanes;
import org.thalweg.analysis.StudyOptions;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.Normalization;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.recording.StudyFile;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;

/** Computes a surface around or between networks, and its curvature. */
final class SurfaceWork extends AnalysisWork {

    private final AnalysisInputs inputs;
    private final DirectionSource source;
    private final Grid grid;
    private final NetworkStudy study;

    /** @throws IOException if the output file exists and cannot be continued; the message names it */
    SurfaceWork(AnalysisInputs inputs, AnalyzeOptions options, PrintWriter out) throws IOException {
        super(options, out);
        this.inputs = inputs;
        List<INDArray> models = inputs.packed();
        INDArray theta = models.get(inputs.origin());
        Planes planes = new Planes(options.plane, options.plane.kind(models.size()));
        Optional<Grid> asked = planes.grid();
        this.source = planes.source(models);
        DirectionPair directions = source.at(DirectionContext.of(inputs.train(), theta));
        this.grid = asked.orElseGet(() -> planes.holding(models, theta, directions));
        this.study = study(directions);
    }

    private NetworkStudy study(DirectionPair directions) throws IOException {
        RunProvenance provenance = StudyProvenance.of(inputs, options.function.objective(), asked(), settings());
        FrameProbes probes = new FrameProbes(Optional.of(inputs.probe()), Optional.ofNullable(inputs.validation()));
        NetworkStudy started =
                new NetworkStudy(inputs.train(), probes, inputs.snapshot(), directions, studyOptions(), provenance);
        if (Files.exists(options.output)) {
            SurfaceStudy before = StudyFile.readSurface(options.output);
            continued(before.provenance(), provenance, StudySummary.points(before));
            started.goOnFrom(before);
        }
        return started;
    }

    @Override
    boolean complete() {
        return study.complete();
    }

    @Override
    void compute(Checkpoints checkpoints) {
        study.run((stage, done, of) -> checkpoints.reached(task(stage), unit(stage), done, of));
    }

    @Override
    void save() throws IOException {
        StudyFile.write(options.output, study.study());
    }

    @Override
    void print() {
        StudySummary.print(options.output, study.study(), out);
    }

    private static String task(Stage stage) {
        return switch (stage) {
            case SURFACE -> "surface";
            case CURVATURE -> "eigenvalues";
            case CONVEXITY -> "convexity";
        };
    }

    private static String unit(Stage stage) {
        return stage == Stage.CURVATURE ? "spectrum" : "points";
    }

    private StudyOptions studyOptions() {
        StudyOptions all = StudyOptions.DEFAULT.withGrid(grid).withKeepDirections(options.saveDirections);
        StudyOptions plain = options.tolerance == null ? all : all.withTolerance(options.tolerance);
        StudyOptions spectral = curvature().map(plain::withCurvature).orElse(plain);
        StudyOptions compared = randomPlanes().map(spectral::withPlanes).orElse(spectral);
        return options.convexity == null ? compared : compared.withConvexity(options.convexity);
    }

    private Optional<RandomPlanes> randomPlanes() {
        return Optional.ofNullable(options.planes)
                .map(planes -> RandomPlanes.of(planes).withDirections(options.plane.directions(Normalization.FILTER)));
    }

    private Optional<CurvatureOptions> curvature() {
        int eachEnd = options.eigenvalues == null ? 1 : options.eigenvalues;
        if (eachEnd == 0 && !options.density) {
            return Optional.empty();
        }
        CurvatureOptions curvature = CurvatureOptions.UNTIMED.withEigenvalues(Math.max(1, eachEnd));
        CurvatureOptions spectral = options.density ? curvature.withDensity(SpectralDensityOptions.DEFAULT) : curvature;
        return Optional.of(options.classShares ? spectral.withClasses() : spectral);
    }

    /** Every option that changes the result. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("plane", source);
        settings.put("grid", grid);
        settings.put("saveDirections", options.saveDirections);
        if (options.tolerance != null) {
            settings.put("tolerance", options.tolerance);
        }
        if (options.plane.keepPruned) {
            settings.put("keepPruned", true);
        }
        curvature().ifPresent(curvature -> settings.put("curvature", curvature));
        randomPlanes().ifPresent(planes -> settings.put("planes", planes));
        if (options.convexity != null) {
            settings.put("convexity", Map.of("points", options.convexity, "curvature", ConvexityEvaluator.OPTIONS));
        }
        return settings;
    }

    /** The options in short, for readers. */
    private Map<String, Object> asked() {
        Map<String, Object> asked = new TreeMap<>();
        Axis alpha = grid.alpha();
        Axis beta = grid.beta();
        asked.put("plane", options.plane.kind(inputs.networks().size()).toString());
        asked.put("directions", source.describe());
        asked.put("grid", List.of(alpha.points(), beta.points()));
        asked.put("range", List.of(alpha.from(), alpha.to(), beta.from(), beta.to()));
        asked.put("seed", options.plane.seed);
        asked.put("density", options.density);
        asked.put("saveDirections", options.saveDirections);
        asked.put("keepPruned", options.plane.keepPruned);
        curvature().ifPresent(curvature -> {
            asked.put("eigenvalues", curvature.eigenvalues().query().largest());
            asked.put("tolerance", curvature.eigenvalues().lanczos().tolerance());
        });
        randomPlanes().ifPresent(planes -> asked.put("planes", planes.planes()));
        if (options.convexity != null) {
            asked.put("convexity", options.convexity);
            asked.put(
                    "convexityTolerance",
                    ConvexityEvaluator.OPTIONS.eigenvalues().lanczos().tolerance());
        }
        return asked;
    }
}
