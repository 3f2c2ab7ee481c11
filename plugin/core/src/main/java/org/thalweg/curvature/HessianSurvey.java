package org.thalweg.curvature;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.NonFiniteProductException;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.SpectralDensityEstimator;
import org.thalweg.krylov.SymmetryCheck;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.objective.HessianMethod;

/** Asks a Hessian for all that the options want; what does not fit into memory or diverges is absent. For one use. */
final class HessianSurvey {

    private static final String EIGENVALUES = "eigenvalues";

    private final HessianMethod method;
    private final CurvatureOptions options;
    private final Map<String, String> absent = new TreeMap<>();

    HessianSurvey(HessianMethod method, CurvatureOptions options) {
        this.method = method;
        this.options = options;
    }

    /** The report of a Hessian that cannot be looked at. */
    CurvatureReport absent(String reason) {
        Map<String, String> absent = new TreeMap<>();
        options.trace().ifPresent(wanted -> absent.put(CurvatureReport.TRACE, reason));
        options.density().ifPresent(wanted -> absent.put(CurvatureReport.DENSITY, reason));
        return CurvatureReport.absent(method, reason, absent);
    }

    /** The report of a Hessian. */
    CurvatureReport of(HessianOperator operator) {
        Optional<LanczosResult> eigenpairs = Optional.empty();
        double asymmetry = Double.NaN;
        LanczosOptions lanczos = fitted(options.lanczos(), operator.dimension());
        if (fits(EIGENVALUES, lanczos.smallestBytes(operator.dimension(), operator.dataType()), operator)) {
            asymmetry = options.selfCheck() ? SymmetryCheck.asymmetry(operator, lanczos.seed()) : Double.NaN;
            eigenpairs = finite(EIGENVALUES, () -> new Lanczos(lanczos).run(operator));
        }
        long products = operator.products();
        Optional<TraceEstimate> trace = options.trace()
                .filter(how ->
                        fits(CurvatureReport.TRACE, how.bytes(operator.dimension(), operator.dataType()), operator))
                .flatMap(how -> finite(CurvatureReport.TRACE, () -> TraceEstimator.estimate(operator, how)));
        Optional<SpectralDensity> density = options.density()
                .filter(how ->
                        fits(CurvatureReport.DENSITY, how.bytes(operator.dimension(), operator.dataType()), operator))
                .flatMap(
                        how -> finite(CurvatureReport.DENSITY, () -> SpectralDensityEstimator.estimate(operator, how)));
        Optional<String> reason = Optional.ofNullable(absent.remove(EIGENVALUES));
        return new CurvatureReport(eigenpairs, method, products, asymmetry, reason, trace, density, Map.of(), absent);
    }

    /** A model may have fewer parameters than eigenvalues are asked for. */
    private static LanczosOptions fitted(LanczosOptions wanted, long parameters) {
        int largest = (int) Math.min(wanted.largest(), parameters);
        int smallest = (int) Math.min(wanted.smallest(), parameters);
        return wanted.withEnds(largest, smallest);
    }

    private boolean fits(String what, long needed, HessianOperator operator) {
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
