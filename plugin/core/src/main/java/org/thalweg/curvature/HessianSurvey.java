package org.thalweg.curvature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.NonFiniteProductException;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.SpectralDensityEstimator;
import org.thalweg.krylov.SymmetryCheck;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.objective.Objective;

/** Asks a Hessian for all that the options want; what does not fit into memory or diverges is absent. For one use. */
final class HessianSurvey {

    private static final String EIGENVALUES = "eigenvalues";

    private final Objective objective;
    private final CurvatureOptions options;
    private final Map<String, String> absent = new TreeMap<>();

    HessianSurvey(Objective objective, CurvatureOptions options) {
        this.objective = objective;
        this.options = options;
    }

    /** The report of a Hessian that cannot be looked at. */
    CurvatureReport absent(String reason) {
        options.others().forEach(name -> absent.put(name, reason));
        return CurvatureReport.absent(objective.hessianMethod(), reason, absent);
    }

    /**
     * The report of a Hessian, without what needs another operator.
     *
     * @param start what Lanczos starts from; null for a random vector
     */
    CurvatureReport of(LinearOperator operator, @Nullable INDArray start) {
        long n = operator.dimension();
        DataType type = operator.dataType();
        LanczosOptions lanczos = fitted(options.lanczos(), n);
        boolean fits = fits(EIGENVALUES, lanczos.smallestBytes(n, type), operator);
        boolean checks = fits && options.selfCheck();
        double asymmetry = checks ? SymmetryCheck.asymmetry(operator, lanczos.seed()) : Double.NaN;
        Optional<LanczosResult> eigenpairs =
                fits ? finite(EIGENVALUES, () -> new Lanczos(lanczos).run(operator, start)) : Optional.empty();
        long products = (long) (checks ? SymmetryCheck.PRODUCTS : 0)
                + eigenpairs.map(found -> found.info().products()).orElse(0);
        Optional<TraceEstimate> trace = options.trace()
                .filter(how -> fits(CurvatureReport.TRACE, how.bytes(n, type), operator))
                .flatMap(how -> finite(CurvatureReport.TRACE, () -> TraceEstimator.estimate(operator, how)));
        Optional<SpectralDensity> density = options.density()
                .filter(how -> fits(CurvatureReport.DENSITY, how.bytes(n, type), operator))
                .flatMap(
                        how -> finite(CurvatureReport.DENSITY, () -> SpectralDensityEstimator.estimate(operator, how)));
        Optional<List<LayerReport>> layers = Optional.empty();
        if (options.layers() && fits(CurvatureReport.LAYERS, lanczos.smallestBytes(n, type), operator)) {
            layers = finite(
                    CurvatureReport.LAYERS,
                    () -> LayerSurvey.of(objective.layout(), operator, options.lanczos(), options.trace()));
        }
        Optional<String> reason = Optional.ofNullable(absent.remove(EIGENVALUES));
        return new CurvatureReport(
                eigenpairs,
                objective.hessianMethod(),
                products,
                asymmetry,
                reason,
                trace,
                density,
                layers.orElse(List.of()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                absent);
    }

    /** Adds what needs another operator than the Hessian, which is closed by now. */
    CurvatureReport beside(CurvatureReport report, INDArray theta) {
        absent.putAll(report.absent());
        Optional<GaussNewtonReport> gaussNewton = options.gaussNewton() ? gaussNewton(report, theta) : Optional.empty();
        Optional<LanczosResult> reference = options.reference() ? reference(report, theta) : Optional.empty();
        return report.withOthers(gaussNewton, reference, absent);
    }

    private Optional<GaussNewtonReport> gaussNewton(CurvatureReport report, INDArray theta) {
        if (report.largest().isEmpty()) {
            absent.put(CurvatureReport.GAUSS_NEWTON, report.reason().orElse(CurvatureQuantity.OFF));
            return Optional.empty();
        }
        Optional<LinearOperator> matrix = objective.gaussNewtonAt(theta);
        if (matrix.isEmpty()) {
            absent.put(CurvatureReport.GAUSS_NEWTON, "the objective " + objective.name() + " has no such products");
            return Optional.empty();
        }
        try (LinearOperator open = matrix.get()) {
            return finite(
                    CurvatureReport.GAUSS_NEWTON,
                    () -> GaussNewtonSurvey.of(open, report.largest().get(0), options));
        }
    }

    private Optional<LanczosResult> reference(CurvatureReport report, INDArray theta) {
        if (report.reason().isPresent()) {
            absent.put(CurvatureReport.REFERENCE, report.reason().get());
            return Optional.empty();
        }
        Optional<Objective> precise = objective.inDouble();
        if (precise.isEmpty()) {
            absent.put(CurvatureReport.REFERENCE, "the objective " + objective.name() + " has no other precision");
            return Optional.empty();
        }
        INDArray point = theta.castTo(DataType.DOUBLE);
        try (LinearOperator hessian = precise.get().hessianAt(point)) {
            LanczosOptions lanczos =
                    fitted(options.lanczos(), hessian.dimension()).withEigenvectors(false);
            long needed = lanczos.smallestBytes(hessian.dimension(), DataType.DOUBLE);
            return fits(CurvatureReport.REFERENCE, needed, hessian)
                    ? finite(CurvatureReport.REFERENCE, () -> new Lanczos(lanczos).run(hessian))
                    : Optional.empty();
        }
    }

    /** A model may have fewer parameters than eigenvalues are asked for. */
    private static LanczosOptions fitted(LanczosOptions wanted, long parameters) {
        int largest = (int) Math.min(wanted.largest(), parameters);
        int smallest = (int) Math.min(wanted.smallest(), parameters);
        return wanted.withEnds(largest, smallest);
    }

    private boolean fits(String what, long needed, LinearOperator operator) {
        long budget = options.lanczos().memoryBudget();
        if (needed > budget) {
            absent.put(
                    what,
                    "memory: " + operator.dimension() + " parameters need at least " + needed + " bytes, the budget is "
                            + budget);
        }
        return needed <= budget;
    }

    private <T> Optional<T> finite(String what, Supplier<T> computation) {
        try {
            return Optional.of(computation.get());
        } catch (NonFiniteProductException diverged) {
            absent.put(what, CurvatureReport.DIVERGED);
            return Optional.empty();
        }
    }
}
