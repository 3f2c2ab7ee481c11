package org.thalweg.listener;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.OptionValues;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.analysis.ProbeExport;
import org.thalweg.analysis.internal.OptionTree;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.direction.ScaleReference;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.Backend;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;

/** Collects the information that is needed to understand a run and to compute it again. */
final class ProvenanceCollector {

    private ProvenanceCollector() {}

    static RunProvenance of(String run, Backend backend, Model model, Objective objective, ListenerOptions options) {
        Probe probe = options.probe();
        List<NamedArray> arrays = new ArrayList<>(ProbeExport.of("", probe, objective.dataType()));
        options.validation()
                .ifPresent(
                        validation -> arrays.addAll(ProbeExport.of("validation_", validation, objective.dataType())));
        return new RunProvenance(
                run,
                backend.versions(),
                objective.placement().device().orElse(backend.device()),
                objective.name() + ", " + objective.hessianMethod().label() + " Hessian products",
                NetworkConfiguration.toJson(model),
                ParameterArrays.described(objective.layout()),
                model.params().dataType().name(),
                options(
                        options.analysis(),
                        options.objective(),
                        options.pacing().schedule(),
                        probe,
                        options.validation()),
                settings(options),
                arrays,
                probe.source());
    }

    /** All options that frames depend on. */
    private static Map<String, Object> settings(ListenerOptions options) {
        AnalysisOptions analysis = options.analysis();
        Map<String, Object> surface = new TreeMap<>();
        surface.put("grid", analysis.grid());
        surface.put("plane", analysis.source());
        surface.put("fixedPlane", analysis.fixedPlane());
        surface.put("tolerance", analysis.tolerance());
        Map<String, Object> settings = new TreeMap<>();
        settings.put("schedule", options.pacing().schedule());
        settings.put("objective", options.objective());
        settings.put("surface", surface);
        analysis.curvature().ifPresent(curvature -> settings.put("curvature", curvature));
        settings.put(
                "quantities",
                analysis.quantities().stream()
                        .sorted(Comparator.comparing(CurvatureQuantity::name))
                        .map(ProvenanceCollector::identified)
                        .toList());
        settings.put("lastStep", options.quantities().lastStep());
        settings.replaceAll((name, value) -> OptionTree.of(value));
        return settings;
    }

    /** A quantity is identified by its name, and by its options if it has any. */
    private static Object identified(CurvatureQuantity quantity) {
        return quantity instanceof Record || quantity instanceof OptionValues
                ? Map.of("name", quantity.name(), "options", quantity)
                : quantity.name();
    }

    /** A summary for people and scripts, with the names used since 0.1.0. */
    private static Map<String, Object> options(
            AnalysisOptions analysis,
            ObjectiveOptions function,
            Schedule schedule,
            Probe probe,
            Optional<Probe> validation) {
        Map<String, Object> options = new TreeMap<>();
        options.put("schedule", schedule.describe());
        putGrid(options, analysis.grid());
        putPlane(options, analysis);
        options.put("mode", lower(function.mode()));
        options.put("regularized", function.regularized());
        options.put("batchSize", function.batchSize());
        options.put("probeSize", probe.size());
        validation.ifPresent(held -> options.put("validationProbe", held.source()));
        options.put(
                "quantities",
                analysis.quantities().stream().map(CurvatureQuantity::name).toList());
        analysis.curvature().ifPresent(curvature -> {
            options.put("eigenvalues", curvature.eigenvalues().query().largest());
            options.put("tolerance", curvature.eigenvalues().lanczos().tolerance());
            options.put("toleranceRule", lower(curvature.eigenvalues().lanczos().rule()));
            options.put("layers", curvature.layers());
            options.put("gaussNewton", curvature.gaussNewton());
            options.put("reference", curvature.reference());
            curvature.trace().ifPresent(trace -> {
                options.put("traceSketch", trace.sketch());
                options.put("traceSamples", trace.samples());
            });
            curvature.density().ifPresent(density -> {
                options.put("densityProbes", density.probes());
                options.put("densitySteps", density.steps());
                options.put("densityKernelWidth", density.kernelWidth());
            });
        });
        return options;
    }

    /** Points a side and half width for a square grid; otherwise {@code [nx, ny]} and {@code [x0, x1, y0, y1]}. */
    private static void putGrid(Map<String, Object> options, Grid grid) {
        Axis alpha = grid.alpha();
        Axis beta = grid.beta();
        if (grid.isSquare()) {
            options.put("grid", alpha.points());
            options.put("range", alpha.to());
        } else {
            options.put("grid", List.of(alpha.points(), beta.points()));
            options.put("range", List.of(alpha.from(), alpha.to(), beta.from(), beta.to()));
        }
    }

    /** Random directions by their options, so that others can draw them again; other kinds of planes in words. */
    private static void putPlane(Map<String, Object> options, AnalysisOptions analysis) {
        options.put("fixedPlane", analysis.fixedPlane());
        if (analysis.plane().isPresent()) {
            options.put("plane", analysis.source().describe());
            return;
        }
        options.put("plane", "random");
        options.put("seed", analysis.seed());
        options.put("normalization", lower(analysis.directions().normalization()));
        options.put("ignoreBiasAndNorm", analysis.directions().ignoreBiasAndNorm());
        options.put("keepPruned", analysis.directions().keepPruned());
        options.put(
                "camera", analysis.directions().scaleReference() == ScaleReference.FIRST ? "frozen" : "renormalized");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
