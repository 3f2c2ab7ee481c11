package org.thalweg.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.SamplingBar;

/** Findings about steps, gradients and layers: how training moves, not where it is. */
final class TrainingFindings {

    private TrainingFindings() {}

    /** All of these findings; {@code before} is the frame before, if there is one. */
    static List<Finding> of(Frame frame, Optional<Moment> before) {
        List<Finding> found = new ArrayList<>();
        flatStart(frame, before).ifPresent(found::add);
        deadLayers(frame, before).ifPresent(found::add);
        noise(frame, before).ifPresent(found::add);
        step(frame, before).ifPresent(found::add);
        spike(frame, before).ifPresent(found::add);
        return found;
    }

    /**
     * At the first frame, the most that a gradient step can gain on a quadratic, |g|^2 / (2 lambda_max), relative to the
     * loss.
     */
    private static Optional<Finding> flatStart(Frame frame, Optional<Moment> before) {
        Double norm = frame.quantities().get("gradient_norm");
        Optional<Eigenvalue> largest = frame.curvature().lambdaMax();
        if (before.isPresent() || norm == null || largest.isEmpty() || !(frame.loss() > 0)) {
            return Optional.empty();
        }
        // The least lambda_max within its error gives the largest gain.
        double least = largest.get().value() - largest.get().bar();
        double gain = norm * norm / (2 * least * frame.loss());
        return least > 0 && gain < Thresholds.FLAT_START
                ? Optional.of(Advice.warning(
                        "flat_start",
                        "A flat start: the best step along the gradient lowers the loss by " + Words.percent(gain)
                                + " at most.",
                        Map.of("gain", gain)))
                : Optional.empty();
    }

    /** Layers whose block of the Hessian is zero compared with the others'. */
    private static Optional<Finding> deadLayers(Frame frame, Optional<Moment> before) {
        double zero = Thresholds.DEAD.after(before, "dead_layer");
        List<LayerCurvatureValues> layers = frame.curvature().layers();
        double largest =
                layers.stream().mapToDouble(TrainingFindings::size).max().orElse(0);
        List<String> dead = layers.stream()
                .filter(layer -> size(layer) <= zero * largest)
                .map(LayerCurvatureValues::layer)
                .toList();
        if (!(largest > 0) || dead.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Advice.warning(
                "dead_layer",
                (dead.size() == 1 ? "A dead layer: " : "Dead layers: ") + String.join(", ", dead)
                        + ", where the loss has no curvature at all.",
                Map.of("layers", (double) dead.size())));
    }

    private static double size(LayerCurvatureValues layer) {
        return Math.max(
                Math.abs(layer.lambdaMax().value()), Math.abs(layer.lambdaMin().value()));
    }

    /** The noise scale against the batch size of training (McCandlish et al. 2018), where its error leaves no doubt. */
    private static Optional<Finding> noise(Frame frame, Optional<Moment> before) {
        Double scale = frame.quantities().get("gradient_noise_scale");
        Double error = frame.quantities().get("gradient_noise_scale_error");
        Double batch = frame.quantities().get("batch_size");
        if (scale == null || error == null || batch == null || !(scale > 0)) {
            return Optional.empty();
        }
        double bar = SamplingBar.of(error);
        double noisy = Thresholds.NOISE.after(before, "noisy_gradient");
        double large = Thresholds.NOISE.after(before, "large_batch");
        Map<String, Double> numbers = Map.of("gradient_noise_scale", scale, "batch_size", batch);
        if (scale - bar > noisy * batch) {
            return Optional.of(Advice.note(
                    "noisy_gradient",
                    "Noise hides the signal: batches of " + Words.count(Math.round(batch))
                            + " are far below the gradient noise scale of " + Words.number(scale) + " examples.",
                    numbers));
        }
        return scale + bar < batch / large
                ? Optional.of(Advice.note(
                        "large_batch",
                        "Batches are larger than they need to be: " + Words.count(Math.round(batch))
                                + " examples, and the gradient noise scale is " + Words.number(scale) + ".",
                        numbers))
                : Optional.empty();
    }

    /**
     * The last step against the critical one (Kalra et al. 2026), at two frames in a row: a single step may be a mini-batch's
     * accident.
     */
    private static Optional<Finding> step(Frame frame, Optional<Moment> before) {
        Double critical = frame.quantities().get("critical_step");
        if (critical == null || before.isEmpty() || before.get().criticalStep().isEmpty()) {
            return Optional.empty();
        }
        double last = before.get().criticalStep().getAsDouble();
        double held = frame.quantities().getOrDefault("validation_critical_step", critical);
        double longest = Math.max(Math.max(critical, last), held);
        double shortest = Math.min(Math.min(critical, last), held);
        Map<String, Double> numbers = Map.of("critical_step", critical);
        if (longest < Thresholds.LONG_STEP.after(before, "long_step")) {
            return Optional.of(Advice.warning(
                    "long_step",
                    "Steps are too long: the last one began to raise the loss after " + Words.percent(critical)
                            + " of its length.",
                    numbers));
        }
        return shortest > Thresholds.SHORT_STEP.after(before, "short_step")
                ? Optional.of(Advice.note(
                        "short_step",
                        "Steps are short: the last one could be repeated " + Words.number(critical)
                                + " times before the loss rises.",
                        numbers))
                : Optional.empty();
    }

    /** The preconditioned curvature along the gradient beyond the updater's limit (Bai et al. 2025). */
    private static Optional<Finding> spike(Frame frame, Optional<Moment> before) {
        Double along = frame.quantities().get("preconditioned_gradient_curvature");
        if (along == null || !(along > Thresholds.SPIKE.after(before, "loss_spike"))) {
            return Optional.empty();
        }
        return Optional.of(Advice.warning(
                "loss_spike",
                "A loss spike may be near: along the gradient, the preconditioned curvature is " + Words.number(along)
                        + " times the updater's stability limit.",
                Map.of("preconditioned_gradient_curvature", along)));
    }
}
