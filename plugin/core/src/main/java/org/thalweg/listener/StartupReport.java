package org.thalweg.listener;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.frame.Frame;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;
import org.thalweg.objective.setup.Backend;
import org.thalweg.objective.setup.ObjectiveChoice;

/** What the log says once, when watching begins. */
final class StartupReport {

    private StartupReport() {}

    static String of(
            String run,
            Backend backend,
            ObjectiveChoice choice,
            ListenerOptions options,
            Optional<String> scoreDifference,
            Frame first) {
        AnalysisOptions analysis = options.analysis();
        Objective objective = choice.objective();
        long parameters = objective.layout().parameters();
        StringBuilder report = new StringBuilder();
        report.append(String.format(
                Locale.ROOT,
                "Thalweg watches '%s': %,d parameters, %s%n",
                run,
                parameters,
                objective.dataType().name()));
        line(report, "backend", "ND4J " + backend.versions().get("nd4j") + ", " + backend.device());
        line(
                report,
                "objective",
                objective.name() + ", " + objective.hessianMethod().label() + " Hessian products, mode "
                        + options.objective().mode());
        choice.fallbackReason().ifPresent(reason -> line(report, "", "not compiled because of " + reason));
        scoreDifference.ifPresent(difference -> line(report, "loss", difference));
        line(report, "probe", options.probe().source());
        line(
                report,
                "surface",
                analysis.grid() + ", " + analysis.source().describe()
                        + (analysis.plane().isEmpty() ? ", seed " + analysis.seed() : "")
                        + (analysis.fixedPlane() ? ", on the first frame's plane" : ""));
        line(report, "frames", options.pacing().schedule().describe());
        line(
                report,
                "a frame",
                String.format(
                        Locale.ROOT,
                        "about %.1f s (the first: surface %.1f s, curvature %.1f s)",
                        first.totalSeconds(),
                        first.seconds().getOrDefault("surface", 0.0),
                        first.seconds().getOrDefault("curvature", 0.0)));
        objective
                .memoryUse()
                .ifPresent(use ->
                        line(report, "memory", describe(use, options.objective().memoryBudget())));
        backend.advice().ifPresent(advice -> line(report, "faster", advice));
        return report.toString().stripTrailing();
    }

    /**
     * What bounds the cost to training, as further lines.
     *
     * @param snapshots most copies of the parameters at a time
     * @param frameBytes off the heap, while a frame is made
     */
    static String limits(Model model, int snapshots, long frameBytes, OptionalDouble budget) {
        INDArray parameters = model.params();
        StringBuilder report = new StringBuilder(System.lineSeparator());
        line(
                report,
                "snapshots",
                String.format(
                        Locale.ROOT,
                        "at most %d of %.1f MB; a frame in work takes about %.1f MB",
                        snapshots,
                        parameters.length() * parameters.dataType().width() / 1e6,
                        frameBytes / 1e6));
        budget.ifPresent(share -> line(
                report,
                "budget",
                String.format(
                        Locale.ROOT,
                        "frames take at most %.3g %% of wall time, in full where it allows",
                        100 * share)));
        return report.toString().stripTrailing();
    }

    private static String describe(MemoryUse use, long budget) {
        return String.format(
                Locale.ROOT,
                "%s of up to %,d examples; Hessian products hold %,.1f MB of a budget of %,.0f MB%s",
                use.batches() == 1 ? "one batch" : use.batches() + " batches",
                use.batchSize(),
                use.bytes() / 1e6,
                budget / 1e6,
                use.recomputed() ? " and compute activations again each time, as keeping them would not fit" : "");
    }

    private static void line(StringBuilder report, String name, String text) {
        report.append(String.format(Locale.ROOT, "  %-10s %s%n", name, text));
    }
}
