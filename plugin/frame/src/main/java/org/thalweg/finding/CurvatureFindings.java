package org.thalweg.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;

/**
 * Findings from eigenvalues. An eigenvalue lies within its residual, and that of all data within its sampling error, so a
 * threshold within the larger of them does not count as passed, and neither does a change between frames. Frames of a run
 * share their probe, so for a change the sampling error is an upper bound.
 */
final class CurvatureFindings {

    private static final String EDGE = "edge_of_stability";
    private static final String NEGATIVE = "negative_curvature";
    private static final String CONVEX = "convex";
    private static final String SHARPNESS = "sharpness";
    private static final String ASYMMETRIC = "asymmetric";
    private static final String SMALL_PROBE = "probe_too_small";
    private static final String FITTED = "fitted_curvature";

    private CurvatureFindings() {}

    /**
     * The largest curvature divided by the largest stable one, which is 2 / learning rate for plain gradient descent
     * (Cohen et al. 2021).
     *
     * @param before the frame before, if there is one
     */
    static Optional<Finding> edge(Frame frame, Optional<Moment> before) {
        Double ratio = frame.quantities().get(EDGE);
        if (ratio == null) {
            return Optional.empty();
        }
        double least = ratio * (1 - relativeError(frame.curvature()));
        String times =
                Words.number(ratio) + " times the stability limit (2 / learning rate for plain gradient descent)";
        if (least >= Thresholds.BEYOND_EDGE) {
            return Optional.of(Advice.warning(
                    EDGE,
                    "Beyond the edge of stability: λ max is " + times + ", so steps overshoot.",
                    Map.of("ratio", ratio)));
        }
        return least >= Thresholds.EDGE.after(before, EDGE)
                ? Optional.of(
                        Advice.note(EDGE, "At the edge of stability: λ max is " + times + ".", Map.of("ratio", ratio)))
                : Optional.empty();
    }

    private static double relativeError(CurvatureValues curvature) {
        return curvature
                .lambdaMax()
                .filter(largest -> largest.value() > 0)
                .map(largest -> Math.min(1, largest.bar() / largest.value()))
                .orElse(0.0);
    }

    /**
     * Whether the loss bends down in some direction, and how much relative to its largest upward curvature.
     *
     * @param before the frame before, if there is one
     */
    static Optional<Finding> negative(Frame frame, Optional<Moment> before) {
        double saddle = Thresholds.NEGATIVE_CURVATURE.after(before, NEGATIVE);
        double convex = Thresholds.CONVEX.after(before, CONVEX);
        Optional<Eigenvalue> largest = frame.curvature().lambdaMax();
        Optional<Eigenvalue> smallest = frame.curvature().lambdaMin();
        if (largest.isEmpty() || smallest.isEmpty() || !(largest.get().value() > 0)) {
            return Optional.empty();
        }
        double up = largest.get().value();
        double upError = largest.get().bar();
        double down = -smallest.get().value();
        double downError = smallest.get().bar();
        if (down - downError >= saddle * (up + upError)) {
            return Optional.of(Advice.note(
                    NEGATIVE,
                    "A saddle rather than a minimum: λ min is " + Words.number(-down) + ", so the loss bends down "
                            + Words.percent(down / up) + " as much as it bends up along λ max.",
                    Map.of("lambda_min", -down, "lambda_max", up)));
        }
        return smallest.get().converged() && down + downError <= convex * (up - upError)
                ? Optional.of(Advice.note(
                        CONVEX,
                        "Locally a bowl: no direction bends down by more than " + Words.percent(convex) + " of λ max.",
                        Map.of("lambda_min", -down, "lambda_max", up)))
                : Optional.empty();
    }

    /**
     * The change of sharpness since the previous frame with a lambda_max, or, if that is small, since the first one.
     *
     * @param before the frame before, if there is one
     */
    static Optional<Finding> sharpness(Frame frame, Collection<Moment> earlier, Optional<Moment> before) {
        Optional<Eigenvalue> now = frame.curvature().lambdaMax().filter(Eigenvalue::converged);
        List<Moment> known = earlier.stream()
                .filter(moment -> moment.lambdaMax().isPresent())
                .toList();
        if (now.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        double jump = Thresholds.SHARPNESS_JUMP.after(before, SHARPNESS);
        double trend = Thresholds.SHARPNESS_TREND.after(before, SHARPNESS);
        return changed(now.get(), known.get(known.size() - 1), jump).or(() -> changed(now.get(), known.get(0), trend));
    }

    private static Optional<Finding> changed(Eigenvalue now, Moment then, double factor) {
        Eigenvalue before = then.lambdaMax().orElseThrow();
        if (!(now.value() > 0 && before.value() > 0)) {
            return Optional.empty();
        }
        boolean sharper = now.value() > before.value();
        Eigenvalue high = sharper ? now : before;
        Eigenvalue low = sharper ? before : now;
        if (high.value() - high.bar() < factor * (low.value() + low.bar())) {
            return Optional.empty();
        }
        return Optional.of(Advice.note(
                SHARPNESS,
                (sharper ? "Sharper" : "Flatter") + " than at iteration " + Words.count(then.iteration())
                        + ": λ max went from " + Words.number(before.value()) + " to " + Words.number(now.value())
                        + ".",
                Map.of("before", before.value(), "lambda_max", now.value())));
    }

    /**
     * The reason why eigenvalues are absent or unreliable.
     *
     * @param before the frame before, if there is one
     */
    static List<Finding> doubts(Frame frame, Optional<Moment> before) {
        CurvatureValues curvature = frame.curvature();
        List<Finding> found = new ArrayList<>();
        curvature
                .reason()
                .filter(reason -> !reason.equals("off"))
                .ifPresent(reason -> found.add(
                        Advice.warning("no_eigenvalues", "There are no eigenvalues: " + reason + ".", Map.of())));
        curvature
                .lambdaMax()
                .filter(largest -> !largest.converged())
                .ifPresent(largest -> found.add(Advice.warning(
                        "unconverged",
                        "Sharpness is uncertain: λ max is " + Words.number(largest.value()) + " with a residual of "
                                + Words.number(largest.residual()) + ", for it has not converged.",
                        Map.of("residual", largest.residual()))));
        if (curvature.asymmetry() > Thresholds.ASYMMETRY.after(before, ASYMMETRIC)) {
            found.add(Advice.warning(
                    ASYMMETRIC,
                    "Hessian-vector products are asymmetric by " + Words.percent(curvature.asymmetry())
                            + ", so eigenvalues are doubtful.",
                    Map.of("asymmetry", curvature.asymmetry())));
        }
        return found;
    }

    /**
     * Whether the probe is too small to tell lambda_max, or its direction is fitted to the probe: the curvature along it is
     * far smaller on validation examples (Tatzel et al. 2024).
     *
     * @param before the frame before, if there is one
     */
    static Optional<Finding> sampling(Frame frame, Optional<Moment> before) {
        Optional<Eigenvalue> largest =
                frame.curvature().lambdaMax().filter(value -> value.converged() && value.value() > 0);
        if (largest.isEmpty() || largest.get().samplingError().isEmpty()) {
            return Optional.empty();
        }
        double value = largest.get().value();
        double bar = largest.get().bar();
        if (bar > Thresholds.UNCERTAIN.after(before, SMALL_PROBE) * value) {
            return Optional.of(Advice.warning(
                    SMALL_PROBE,
                    "The probe is too small to tell sharpness: λ max is " + Words.number(value)
                            + ", and another probe's may differ by " + Words.percent(bar / value) + ".",
                    Map.of("lambda_max", value, "bar", bar)));
        }
        double held = largest.get().validation().orElse(value);
        return held + bar < Thresholds.FITTED.after(before, FITTED) * value
                ? Optional.of(Advice.note(
                        FITTED,
                        "The sharpest direction belongs to the probe: λ max is " + Words.number(value) + " there, and "
                                + Words.number(held) + " along it on validation examples.",
                        Map.of("lambda_max", value, "validation", held)))
                : Optional.empty();
    }
}
