package org.thalweg.listener;

import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.frame.Frame;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;
import org.thalweg.objective.setup.Backend;
import org.thalweg.objective.setup.ObjectiveChoice;

/** The log messages at the start of watching. */
final class StartupReport {

    private StartupReport() {}

    /**
     * The network, the device and the cost, before anything is computed.
     *
     * @param frameBytes off-heap memory while a frame is computed
     */
    static String of(
            String run,
            Backend backend,
            ObjectiveChoice choice,
            ListenerOptions options,
            Model model,
            long frameBytes) {
        AnalysisOptions analysis = options.analysis();
        Objective objective = choice.objective();
        StringBuilder report = new StringBuilder(String.format(
                Locale.ROOT,
                "Thalweg watches '%s': %,d parameters, %s%n",
                run,
                objective.layout().parameters(),
                objective.dataType().name()));
        line(report, "backend", "ND4J " + backend.versions().get("nd4j") + ", " + backend.device());
        objective.placement().device().ifPresent(device -> line(report, "device", device));
        line(
                report,
                "objective",
                objective.name() + ", " + objective.hessianMethod().label() + " Hessian products, mode "
                        + options.objective().mode());
        choice.fallbackReason().ifPresent(reason -> line(report, "", "not compiled because of " + reason));
        ObjectiveMismatch.score(model, options.objective()).ifPresent(difference -> line(report, "loss", difference));
        line(report, "probe", options.probe().source());
        line(
                report,
                "surface",
                analysis.grid() + ", " + analysis.source().describe()
                        + (analysis.plane().isEmpty() ? ", seed " + analysis.seed() : "")
                        + (analysis.fixedPlane() ? ", on the first frame's plane" : ""));
        analysis.tolerance()
                .ifPresent(share -> line(
                        report,
                        "",
                        "computed where interpolation would be off by more than " + 100 * share + " % of the range"));
        line(report, "frames", options.pacing().schedule().describe());
        objective
                .memoryUse()
                .ifPresent(use ->
                        line(report, "memory", describe(use, options.objective().memoryBudget())));
        snapshots(report, model, options.snapshots(), frameBytes);
        options.pacing()
                .overheadBudget()
                .ifPresent(share -> line(
                        report,
                        "budget",
                        String.format(
                                Locale.ROOT,
                                "frames take at most %.3g %% of wall time, in full where it allows",
                                100 * share)));
        backend.advice()
                .filter(advice -> objective.placement().device().isEmpty())
                .ifPresent(advice -> line(report, "faster", advice));
        line(report, "now", firstFrame(options, analysis));
        return report.toString().stripTrailing();
    }

    private static String firstFrame(ListenerOptions options, AnalysisOptions analysis) {
        String content = String.format(
                Locale.ROOT,
                "the frame before training (%s%,d points%s)",
                analysis.tolerance().isPresent() ? "up to " : "",
                analysis.grid().size(),
                analysis.curvature().isPresent() ? " and the curvature" : "");
        return switch (options.pacing().firstFrame()) {
            case IN_BUILD -> content + " is computed";
            case IN_BACKGROUND -> content + " is computed in the background";
            case NONE -> "training, without a frame before it";
        };
    }

    private static void snapshots(StringBuilder report, Model model, int snapshots, long frameBytes) {
        INDArray parameters = model.params();
        line(
                report,
                "snapshots",
                String.format(
                        Locale.ROOT,
                        "at most %d of %.1f MB; computing a frame takes about %.1f MB",
                        snapshots,
                        parameters.length() * parameters.dataType().width() / 1e6,
                        frameBytes / 1e6));
    }

    /** The time of the first frame, estimated from a few of its points. */
    static String estimate(double seconds, boolean allPoints) {
        return String.format(
                Locale.ROOT,
                "the frame before training takes %s %.1f s, estimated from its first points",
                allPoints ? "about" : "up to",
                seconds);
    }

    /** The time that the first frame took. */
    static String cost(Frame first) {
        return String.format(
                Locale.ROOT,
                "a frame takes about %.1f s (the first: surface %.1f s, curvature %.1f s)",
                first.totalSeconds(),
                first.seconds().getOrDefault("surface", 0.0),
                first.seconds().getOrDefault("curvature", 0.0));
    }

    private static String describe(MemoryUse use, long budget) {
        return String.format(
                Locale.ROOT,
                "%s of up to %,d examples; Hessian products hold %,.1f MB of a budget of %,.0f MB%s",
                use.batches() == 1 ? "one batch" : use.batches() + " batches",
                use.batchSize(),
                use.bytes() / 1e6,
                budget / 1e6,
                use.recomputed() ? " and compute activations again each time, since they do not fit" : "");
    }

    private static void line(StringBuilder report, String name, String text) {
        report.append(String.format(Locale.ROOT, "  %-10s %s%n", name, text));
    }
}
