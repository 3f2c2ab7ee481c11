package org.thalweg.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/**
 * Findings from eigenvalues. An eigenvalue lies within its residual, so a threshold within the residual does not count
 * as passed.
 */
final class CurvatureFindings {

    private static final String EDGE = "edge_of_stability";

    private CurvatureFindings() {}

    /**
     * The largest curvature divided by the largest stable one, which is 2 / learning rate for plain gradient descent
     * (Cohen et al. 2021).
     *
     * @param wasThere whether the previous frame was at the edge
     */
    static Optional<Finding> edge(Frame frame, boolean wasThere) {
        Double ratio = frame.quantities().get(EDGE);
        if (ratio == null) {
            return Optional.empty();
        }
        double least = ratio * (1 - relativeError(frame.curvature()));
        String times =
                Words.number(ratio) + " times the stability limit (2 / learning rate for plain gradient descent)";
        if (least >= Thresholds.BEYOND_EDGE) {
            return Optional.of(
                    Finding.warning(EDGE, "Beyond the edge of stability: λ max is " + times + ", so steps overshoot."));
        }
        return least >= (wasThere ? Thresholds.EDGE_LEFT : Thresholds.EDGE)
                ? Optional.of(Finding.note(EDGE, "At the edge of stability: λ max is " + times + "."))
                : Optional.empty();
    }

    private static double relativeError(CurvatureValues curvature) {
        return curvature
                .lambdaMax()
                .filter(largest -> largest.value() > 0)
                .map(largest -> Math.min(1, largest.residual() / largest.value()))
                .orElse(0.0);
    }

    /** Whether the loss bends down in some direction, and how much relative to its largest upward curvature. */
    static Optional<Finding> negative(Frame frame) {
        Optional<Eigenvalue> largest = frame.curvature().lambdaMax();
        Optional<Eigenvalue> smallest = frame.curvature().lambdaMin();
        if (largest.isEmpty() || smallest.isEmpty() || !(largest.get().value() > 0)) {
            return Optional.empty();
        }
        double up = largest.get().value();
        double upError = largest.get().residual();
        double down = -smallest.get().value();
        double downError = smallest.get().residual();
        if (down - downError >= Thresholds.NEGATIVE_CURVATURE * (up + upError)) {
            return Optional.of(Finding.note(
                    "negative_curvature",
                    "A saddle rather than a minimum: λ min is " + Words.number(-down) + ", so the loss bends down "
                            + Words.percent(down / up) + " as much as it bends up along λ max."));
        }
        return smallest.get().converged() && down + downError <= Thresholds.CONVEX * (up - upError)
                ? Optional.of(Finding.note(
                        "convex",
                        "Locally a bowl: no direction bends down by more than " + Words.percent(Thresholds.CONVEX)
                                + " of λ max."))
                : Optional.empty();
    }

    /** The change of sharpness since the previous frame, or, if that is small, since the first one. */
    static Optional<Finding> sharpness(Frame frame, Collection<Moment> earlier) {
        Optional<Eigenvalue> now = frame.curvature().lambdaMax().filter(Eigenvalue::converged);
        List<Moment> known = earlier.stream()
                .filter(moment -> moment.lambdaMax().isPresent())
                .toList();
        if (now.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        return changed(now.get(), known.get(known.size() - 1), Thresholds.SHARPNESS_JUMP)
                .or(() -> changed(now.get(), known.get(0), Thresholds.SHARPNESS_TREND));
    }

    private static Optional<Finding> changed(Eigenvalue now, Moment then, double factor) {
        Eigenvalue before = then.lambdaMax().orElseThrow();
        if (!(now.value() > 0 && before.value() > 0)) {
            return Optional.empty();
        }
        boolean sharper = now.value() > before.value();
        Eigenvalue high = sharper ? now : before;
        Eigenvalue low = sharper ? before : now;
        if (high.value() - high.residual() < factor * (low.value() + low.residual())) {
            return Optional.empty();
        }
        return Optional.of(Finding.note(
                "sharpness",
                (sharper ? "Sharper" : "Flatter") + " than at iteration " + Words.count(then.iteration())
                        + ": λ max went from " + Words.number(before.value()) + " to " + Words.number(now.value())
                        + "."));
    }

    /** The reason why eigenvalues are absent or unreliable. */
    static List<Finding> doubts(Frame frame) {
        CurvatureValues curvature = frame.curvature();
        List<Finding> found = new ArrayList<>();
        curvature
                .reason()
                .filter(reason -> !reason.equals("off"))
                .ifPresent(reason ->
                        found.add(Finding.warning("no_eigenvalues", "There are no eigenvalues: " + reason + ".")));
        curvature
                .lambdaMax()
                .filter(largest -> !largest.converged())
                .ifPresent(largest -> found.add(Finding.warning(
                        "unconverged",
                        "Sharpness is uncertain: λ max is " + Words.number(largest.value()) + " give or take "
                                + Words.number(largest.residual()) + ", for it has not converged.")));
        if (curvature.asymmetry() > Thresholds.ASYMMETRY) {
            found.add(Finding.warning(
                    "asymmetric",
                    "Hessian-vector products are asymmetric by " + Words.percent(curvature.asymmetry())
                            + ", so eigenvalues are doubtful."));
        }
        return found;
    }
}
