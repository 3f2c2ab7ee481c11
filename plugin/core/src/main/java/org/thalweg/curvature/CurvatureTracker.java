package org.thalweg.curvature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Parameterization;

/**
 * Computes the curvature frame after frame: the Hessian's spectrum and all quantities. Values that cannot be computed
 * or trusted are absent, with a reason.
 *
 * <p>Between frames it keeps {@code 2 + k} parameter vectors, for k eigenvalues at each end. Confined to one thread at
 * a time.
 *
 * @since 0.2.0
 */
public final class CurvatureTracker {

    private final Optional<CurvatureOptions> options;
    private final List<CurvatureQuantity> quantities;
    private final CurvatureHistory history = new CurvatureHistory();

    /**
     * @param options the spectrum to compute; empty for none
     * @param quantities the quantities to compute
     */
    public CurvatureTracker(Optional<CurvatureOptions> options, List<CurvatureQuantity> quantities) {
        this.options = options;
        this.quantities = List.copyOf(quantities);
    }

    /** As {@link #look(Objective, INDArray, double, TrainingState, FrameProbes, Optional)}, where only the objective is known. */
    public CurvatureReport look(Objective objective, INDArray theta, double loss, TrainingState training) {
        return look(objective, theta, loss, training, FrameProbes.UNKNOWN, Optional.empty());
    }

    /**
     * Computes the next frame.
     *
     * @param objective any objective; it must have no open Hessian
     * @param theta parameters, packed, {@code [P]}; not modified
     * @param loss the objective there
     * @param training the state of training
     * @param probes the training probe and the objective on the validation probe, as far as they are known
     * @param plane of a surface around theta, whose quadratic model becomes quantities; empty for none
     * @return the report; close it
     */
    public CurvatureReport look(
            Objective objective,
            INDArray theta,
            double loss,
            TrainingState training,
            FrameProbes probes,
            Optional<Parameterization> plane) {
        return look(objective, theta, loss, training, probes, plane, options);
    }

    /**
     * As {@link #look(Objective, INDArray, double, TrainingState, FrameProbes, Optional)}, with another spectrum in this
     * frame.
     *
     * @param spectrum the spectrum to compute; empty for none
     */
    public CurvatureReport look(
            Objective objective,
            INDArray theta,
            double loss,
            TrainingState training,
            FrameProbes probes,
            Optional<Parameterization> plane,
            Optional<CurvatureOptions> spectrum) {
        Optional<CurvatureOptions> wanted = spectrum.map(CurvatureTracker::withEigenvectors);
        history.at(theta);
        try (FrameObjectives objectives = new FrameObjectives(objective, probes)) {
            CurvatureReport report = wanted.isEmpty() || !Double.isFinite(loss)
                    ? quantities(
                            without(objectives, theta, wanted), Optional.empty(), objectives, theta, training, plane)
                    : Curvature.report(
                            objectives,
                            theta,
                            null,
                            wanted.get(),
                            (found, hessian) -> quantities(found, hessian, objectives, theta, training, plane));
            history.found(report, theta);
            return report;
        }
    }

    private static CurvatureOptions withEigenvectors(CurvatureOptions options) {
        return options.withEigenvalues(options.eigenvalues().withEigenvectors());
    }

    private static CurvatureReport without(
            FrameObjectives objectives, INDArray theta, Optional<CurvatureOptions> spectrum) {
        return spectrum.map(wanted ->
                        new CurvatureAnalyzer(objectives, theta, null, wanted).absent(CurvatureReport.DIVERGED))
                .orElseGet(() -> CurvatureReport.off(objectives.whole().hessianMethod()));
    }

    private CurvatureReport quantities(
            CurvatureReport report,
            Optional<OpenHessian> hessian,
            FrameObjectives objectives,
            INDArray theta,
            TrainingState training,
            Optional<Parameterization> plane) {
        Map<String, Double> values = new TreeMap<>();
        Map<String, String> absent = new TreeMap<>();
        try (CurvatureContext context =
                new CurvatureContext(objectives, theta, plane, training, report, hessian, history)) {
            for (CurvatureQuantity quantity : quantities) {
                try {
                    values.put(quantity.name(), finite(quantity.of(context)));
                } catch (AbsentException e) {
                    if (!e.reason().equals(CurvatureQuantity.OFF)) {
                        absent.put(quantity.name(), e.reason());
                    }
                }
            }
        }
        return report.withQuantities(values, absent);
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new AbsentException("not finite");
        }
        return value;
    }
}
