package org.thalweg.curvature;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
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

/** One open Hessian, asked for all that the options want; what does not fit into memory or diverges is absent. */
final class HessianSurvey {

    private static final String EIGENVALUES = "eigenvalues";

    private final HessianOperator operator;
    private final HessianMethod method;
    private final CurvatureOptions options;
    private final Map<String, String> absent = new TreeMap<>();

    HessianSurvey(HessianOperator operator, HessianMethod method, CurvatureOptions options) {
        this.operator = operator;
        this.method = method;
        this.options = options;
    }

    /** The report of a Hessian that cannot be looked at. */
    static CurvatureReport absent(HessianMethod method, CurvatureOptions options, String reason) {
        Map<String, String> absent = new TreeMap<>();
        options.trace().ifPresent(wanted -> absent.put(CurvatureReport.TRACE, reason));
        options.density().ifPresent(wanted -> absent.put(CurvatureReport.DENSITY, reason));
        return new CurvatureReport(
                Optional.empty(),
                method,
                0,
                Double.NaN,
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                absent);
    }

    CurvatureReport report(@Nullable INDArray start) {
        Optional<LanczosResult> eigenpairs = Optional.empty();
        double asymmetry = Double.NaN;
        LanczosOptions lanczos = fitted(options.lanczos());
        long needed = lanczos.smallestBytes(operator.dimension(), operator.dataType());
        if (fits(EIGENVALUES, needed)) {
            asymmetry = options.selfCheck() ? SymmetryCheck.asymmetry(operator, lanczos.seed()) : Double.NaN;
            eigenpairs = finite(EIGENVALUES, () -> new Lanczos(lanczos).run(operator, start));
        }
        long products = operator.products();
        Optional<TraceEstimate> trace = options.trace()
                .filter(wanted -> fits(CurvatureReport.TRACE, wanted.bytes(operator.dimension(), operator.dataType())))
                .flatMap(wanted -> finite(CurvatureReport.TRACE, () -> TraceEstimator.estimate(operator, wanted)));
        Optional<SpectralDensity> density = options.density()
                .filter(wanted ->
                        fits(CurvatureReport.DENSITY, wanted.bytes(operator.dimension(), operator.dataType())))
                .flatMap(wanted ->
                        finite(CurvatureReport.DENSITY, () -> SpectralDensityEstimator.estimate(operator, wanted)));
        Optional<String> reason = Optional.ofNullable(absent.remove(EIGENVALUES));
        return new CurvatureReport(eigenpairs, method, products, asymmetry, reason, trace, density, absent);
    }

    /** A model may have fewer parameters than eigenvalues are asked for. */
    private LanczosOptions fitted(LanczosOptions wanted) {
        int largest = (int) Math.min(wanted.largest(), operator.dimension());
        int smallest = (int) Math.min(wanted.smallest(), operator.dimension());
        return wanted.withEnds(largest, smallest);
    }

    private boolean fits(String what, long needed) {
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
