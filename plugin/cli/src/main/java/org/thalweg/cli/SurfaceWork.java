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
import org.thalweg.analysis.StudyOptions;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.recording.StudyFile;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;

/** Computes a surface around or between networks, and its curvature. */
final class SurfaceWork {

    private final AnalysisInputs inputs;
    private final AnalyzeOptions options;
    private final PrintWriter out;

    SurfaceWork(AnalysisInputs inputs, AnalyzeOptions options, PrintWriter out) {
        this.inputs = inputs;
        this.options = options;
        this.out = out;
    }

    /** Computes what the file lacks. */
    void run(Interruption interruption) throws IOException {
        List<INDArray> models = inputs.packed();
        INDArray theta = models.get(inputs.origin());
        Planes planes = new Planes(options.plane, options.plane.kind(models.size()));
        Optional<Grid> asked = planes.grid();
        DirectionSource source = planes.source(models);
        DirectionPair directions = source.at(DirectionContext.of(inputs.train(), theta));
        Grid grid = asked.orElseGet(() -> planes.holding(models, theta, directions));
        RunProvenance provenance = StudyProvenance.of(inputs, options, asked(source, grid), settings(source, grid));
        NetworkStudy study = new NetworkStudy(
                inputs.train(), inputs.validation(), inputs.snapshot(), directions, study(grid), provenance);
        if (Files.exists(options.output)) {
            SurfaceStudy before = StudyFile.readSurface(options.output);
            StudyFile.requireSame(options.output, before.provenance(), provenance);
            study.goOnFrom(before);
            StudySummary.continuing(options.output, StudySummary.points(before), out);
        }
        if (!study.complete()) {
            try (Checkpoints checkpoints = new Checkpoints(
                    interruption, options.minutes, () -> StudyFile.write(options.output, study.study()))) {
                study.run((stage, done, of) -> checkpoints.reached(task(stage), unit(stage), done, of));
            }
        }
        StudySummary.print(options.output, study.study(), out);
        if (!study.complete()) {
            StudySummary.stopped(out);
        }
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

    private StudyOptions study(Grid grid) {
        StudyOptions study = StudyOptions.DEFAULT.withGrid(grid).withKeepDirections(options.saveDirections);
        StudyOptions spectral = curvature().map(study::withCurvature).orElse(study);
        return options.convexity == null ? spectral : spectral.withConvexity(options.convexity);
    }

    private Optional<CurvatureOptions> curvature() {
        int eachEnd = options.eigenvalues == null ? 1 : options.eigenvalues;
        if (eachEnd == 0 && !options.density) {
            return Optional.empty();
        }
        CurvatureOptions curvature = CurvatureOptions.UNTIMED.withEigenvalues(Math.max(1, eachEnd));
        return Optional.of(options.density ? curvature.withDensity(SpectralDensityOptions.DEFAULT) : curvature);
    }

    /** Every option, as far as it changes what comes out. */
    private Map<String, Object> settings(DirectionSource source, Grid grid) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("plane", source);
        settings.put("grid", grid);
        settings.put("saveDirections", options.saveDirections);
        curvature().ifPresent(curvature -> settings.put("curvature", curvature));
        if (options.convexity != null) {
            settings.put("convexity", Map.of("points", options.convexity, "curvature", ConvexityEvaluator.OPTIONS));
        }
        return settings;
    }

    /** A summary of what was asked for. */
    private Map<String, Object> asked(DirectionSource source, Grid grid) {
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
        curvature().ifPresent(curvature -> {
            asked.put("eigenvalues", curvature.eigenvalues().query().largest());
            asked.put("tolerance", curvature.eigenvalues().lanczos().tolerance());
        });
        if (options.convexity != null) {
            asked.put("convexity", options.convexity);
            asked.put(
                    "convexityTolerance",
                    ConvexityEvaluator.OPTIONS.eigenvalues().lanczos().tolerance());
        }
        return asked;
    }
}
