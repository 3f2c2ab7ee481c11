package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.krylov.ConvergenceInfo;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.objective.HessianMethod;

/**
 * The curvature at some parameters: an estimate for each request, or the reason why there is none. Closing frees the
 * eigenvectors, if any. Immutable.
 *
 * @param method how Hessian-vector products were formed
 * @param products Hessian-vector products taken by the Hessian's eigenvalues and the self-check
 * @param asymmetry |&lt;u,Hv&gt; - &lt;v,Hu&gt;| / (||u|| ||Hv||) on random vectors; NaN if not computed
 * @param estimates the results, by the names of matrix and estimator, in the order of the requests
 * @param reasons why a request has no result, by the names of operator and estimator
 * @param quantities by name
 * @param absentQuantities why a quantity is absent, by its name
 * @since 0.2.0
 */
public record CurvatureReport(
        HessianMethod method,
        long products,
        double asymmetry,
        Map<EstimateKey, CurvatureEstimate<?>> estimates,
        Map<EstimateKey, String> reasons,
        Map<String, Double> quantities,
        Map<String, String> absentQuantities)
        implements AutoCloseable {

    /** The reason where parameters or products have elements that are not finite. */
    public static final String DIVERGED = "diverged";

    /** Name of all estimates of extreme eigenvalues. */
    private static final String ENDS = "eigenvalues";

    private static final String SAMPLING = "sampling_errors";
    private static final String ALONG = "eigenvector_curvatures";

    private static final EstimateKey SAMPLING_KEY = new EstimateKey(CurvatureOperator.BATCHES.name(), SAMPLING);
    private static final EstimateKey ALONG_KEY = new EstimateKey(CurvatureOperator.VALIDATION.name(), ALONG);

    /** The extreme eigenvalues of the Hessian. */
    static final EstimateKey EIGENVALUES = new EstimateKey(CurvatureOperator.HESSIAN.name(), ENDS);

    public CurvatureReport {
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
        reasons = Map.copyOf(reasons);
        quantities = Map.copyOf(quantities);
        absentQuantities = Map.copyOf(absentQuantities);
        if (estimates.containsKey(EIGENVALUES) == reasons.containsKey(EIGENVALUES)) {
            throw new IllegalArgumentException(
                    "a report has either eigenpairs or a reason, got " + estimates.keySet() + " and " + reasons);
        }
    }

    /** The report where no spectrum was requested. */
    static CurvatureReport off(HessianMethod method) {
        return new CurvatureReport(
                method, 0, Double.NaN, Map.of(), Map.of(EIGENVALUES, CurvatureQuantity.OFF), Map.of(), Map.of());
    }

    CurvatureReport withQuantities(Map<String, Double> quantities, Map<String, String> absentQuantities) {
        return new CurvatureReport(method, products, asymmetry, estimates, reasons, quantities, absentQuantities);
    }

    /** An estimator's result for a matrix; empty if it was not requested or is absent. */
    @SuppressWarnings("unchecked")
    private <T> Optional<T> find(String operator, String estimator) {
        return Optional.ofNullable(estimates.get(new EstimateKey(operator, estimator)))
                .map(estimate -> (T) estimate.value());
    }

    /** An estimator's result for a matrix; empty if it was not requested or is absent. */
    public <T> Optional<T> find(String operator, CurvatureEstimator<T> estimator) {
        return find(operator, estimator.name());
    }

    /** Whether this report has a method for an estimate. */
    public boolean hasPlace(EstimateKey key) {
        boolean traceOrEnds = key.estimator().equals(ENDS) || key.estimator().equals("trace");
        if (key.operator().equals(EIGENVALUES.operator())) {
            return traceOrEnds || key.estimator().equals("density");
        }
        if (key.operator().equals(CurvatureOperator.GAUSS_NEWTON.name())) {
            return traceOrEnds || key.estimator().equals("top_direction");
        }
        if (isErrorOfEigenvalues(key)) {
            return true;
        }
        return key.operator().equals(CurvatureOperator.REFERENCE.name())
                ? key.estimator().equals(ENDS)
                : LayerBlocks.contains(key.operator()) && traceOrEnds;
    }

    private static boolean isErrorOfEigenvalues(EstimateKey key) {
        return key.equals(SAMPLING_KEY) || key.equals(ALONG_KEY);
    }

    /** The Hessian's extreme eigenpairs; empty if there is a reason. */
    public Optional<LanczosResult> eigenpairs() {
        return find(EIGENVALUES.operator(), ENDS);
    }

    /**
     * Why there are no eigenpairs: {@link #DIVERGED}, {@code memory: ...}, or the Hessian's own reason, such as
     * {@code kink}.
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reasons.get(EIGENVALUES));
    }

    /** The Hessian's trace, if requested. */
    public Optional<TraceEstimate> trace() {
        return find(EIGENVALUES.operator(), "trace");
    }

    /** The density of the Hessian's eigenvalues, if requested. */
    public Optional<SpectralDensity> density() {
        return find(EIGENVALUES.operator(), "density");
    }

    /** Diagonal blocks, one for each layer with parameters, if requested. */
    public List<LayerReport> layers() {
        List<LayerReport> layers = new ArrayList<>();
        estimates.forEach((key, estimate) -> {
            if (LayerBlocks.contains(key.operator()) && estimate.value() instanceof LanczosResult ends) {
                layers.add(new LayerReport(
                        LayerBlocks.layer(key.operator()),
                        estimate.dimension(),
                        ends.largest().get(0),
                        ends.smallest().get(0),
                        find(key.operator(), "trace")));
            }
        });
        return layers;
    }

    /** The Gauss-Newton matrix, if requested. */
    public Optional<GaussNewtonReport> gaussNewton() {
        String name = CurvatureOperator.GAUSS_NEWTON.name();
        Optional<LanczosResult> ends = find(name, ENDS);
        Optional<Double> along = find(name, "top_direction");
        long taken = estimates.entrySet().stream()
                .filter(estimate -> estimate.getKey().operator().equals(name))
                .mapToLong(estimate -> estimate.getValue().products())
                .sum();
        return ends.map(found -> new GaussNewtonReport(
                found.largest().get(0),
                along.map(curvature -> curvature / lambdaMax().orElseThrow().value())
                        .orElse(Double.NaN),
                find(name, "trace"),
                taken));
    }

    /** The sampling errors of eigenvalues and trace, if requested. */
    public Optional<SamplingErrors> samplingErrors() {
        return find(CurvatureOperator.BATCHES.name(), SAMPLING);
    }

    /** The curvatures along the eigenvectors on the validation probe, in the order of the eigenvalues, if requested. */
    public Optional<double[]> validationCurvatures() {
        return find(CurvatureOperator.VALIDATION.name(), ALONG);
    }

    /** The eigenvalues in double precision, if requested. */
    public Optional<LanczosResult> reference() {
        return find(CurvatureOperator.REFERENCE.name(), ENDS);
    }

    /**
     * Why a requested value other than the Hessian's eigenvalues is absent, by its name: {@code trace},
     * {@code density}, {@code layers}, {@code gauss_newton}, {@code reference}, a quantity's name, or
     * {@code operator.estimator}.
     */
    public Map<String, String> absent() {
        Map<String, String> absent = new TreeMap<>(absentQuantities);
        reasons.forEach((key, reason) -> {
            if (reasons.containsKey(EIGENVALUES) && isErrorOfEigenvalues(key)) {
                return;
            }
            boolean ofHessian = key.operator().equals(EIGENVALUES.operator());
            EstimateKey ends = new EstimateKey(key.operator(), ENDS);
            if (ofHessian && !key.equals(EIGENVALUES)) {
                absent.put(key.estimator(), reason);
            } else if (!ofHessian && key.equals(ends)) {
                absent.put(key.operator(), reason);
            } else if (!ofHessian && !reasons.containsKey(ends)) {
                absent.put(key.toString(), reason);
            }
        });
        return absent;
    }

    /** The algebraically largest eigenvalues, descending; empty if there is a reason. */
    public List<EigenPair> largest() {
        return eigenpairs().map(LanczosResult::largest).orElse(List.of());
    }

    /** The algebraically smallest eigenvalues, descending, the last one lambda_min; empty if there is a reason. */
    public List<EigenPair> smallest() {
        return eigenpairs().map(LanczosResult::smallest).orElse(List.of());
    }

    /** The algebraically largest eigenvalue; empty if there is a reason. */
    public Optional<EigenPair> lambdaMax() {
        return largest().stream().findFirst();
    }

    /** The algebraically smallest eigenvalue; empty if there is a reason. */
    public Optional<EigenPair> lambdaMin() {
        List<EigenPair> ends = smallest();
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1));
    }

    /** Outcome and cost of the eigenvalue iteration. */
    public Optional<ConvergenceInfo> convergence() {
        return eigenpairs().map(LanczosResult::info);
    }

    @Override
    public void close() {
        estimates.values().forEach(estimate -> {
            if (estimate.value() instanceof LanczosResult result) {
                result.close();
            }
        });
    }
}
