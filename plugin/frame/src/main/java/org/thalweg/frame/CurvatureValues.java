package org.thalweg.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curvature at the parameters: extreme eigenvalues of the Hessian, or the reason why there are none, and further
 * requested values. Immutable.
 *
 * @param largest the algebraically largest, descending
 * @param smallest the algebraically smallest, descending: the last one is lambda_min
 * @param method {@code exact} or {@code finite-difference}
 * @param products number of Hessian-vector products taken by eigenvalues and self-check
 * @param asymmetry |&lt;u,Hv&gt; - &lt;v,Hu&gt;| / (||u|| ||Hv||) on random vectors, a check of the operator; NaN if
 *     not computed
 * @param reason why there are no eigenvalues: {@code off}, {@code budget}, {@code kink}, "asymmetric",
 *     {@code diverged}, {@code memory: ...}
 * @param trace trace of the Hessian, if requested
 * @param density density of its eigenvalues, if requested
 * @param layers diagonal blocks, one for each layer with parameters, if requested
 * @param gaussNewton the Gauss-Newton matrix, if requested
 * @param reference the eigenvalues in double precision, in the same order; empty unless requested
 * @param absent why another requested value is absent, by its name: {@code trace}, {@code density}, {@code layers},
 *     {@code gauss_newton}, {@code reference}, the name of a quantity of the frame
 * @param estimates results of further estimators for further matrices, each with both names, and comparisons of the surface's plane
 *     with others
 * @since 0.2.0
 */
public record CurvatureValues(
        List<Eigenvalue> largest,
        List<Eigenvalue> smallest,
        String method,
        long products,
        double asymmetry,
        Optional<String> reason,
        Optional<TraceValue> trace,
        Optional<SpectralDensityValues> density,
        List<LayerCurvatureValues> layers,
        Optional<GaussNewtonValues> gaussNewton,
        List<Double> reference,
        Map<String, String> absent,
        List<Estimate> estimates) {

    /**
     * An eigenvalue with its error.
     *
     * @param value Ritz value
     * @param residual ||H v - value v|| of its unit Ritz vector: an eigenvalue lies within this distance
     * @param converged whether the residual is within the tolerance
     * @param samplingError its standard error from the choice of the probe's examples; absent if not computed
     * @param validation the curvature of the validation loss along its eigenvector, which is not fitted to the validation
     *     probe; absent if not computed
     */
    public record Eigenvalue(
            double value, double residual, boolean converged, OptionalDouble samplingError, OptionalDouble validation) {

        /** An eigenvalue whose sampling error is not known. */
        public Eigenvalue(double value, double residual, boolean converged) {
            this(value, residual, converged, OptionalDouble.empty(), OptionalDouble.empty());
        }

        /** The larger of residual and 95 % {@linkplain SamplingBar bar} of the sampling error, for pictures. */
        public double bar() {
            return Math.max(residual, samplingError.isPresent() ? SamplingBar.of(samplingError.getAsDouble()) : 0);
        }
    }

    public CurvatureValues {
        largest = List.copyOf(largest);
        smallest = List.copyOf(smallest);
        layers = List.copyOf(layers);
        reference = List.copyOf(reference);
        absent = Map.copyOf(absent);
        estimates = List.copyOf(estimates);
        if (reason.isEmpty() && largest.isEmpty() && smallest.isEmpty()) {
            throw new IllegalArgumentException("curvature without eigenvalues must have a reason");
        }
    }

    /** Only eigenvalues, or the reason why there are none. */
    public CurvatureValues(
            List<Eigenvalue> largest,
            List<Eigenvalue> smallest,
            String method,
            long products,
            double asymmetry,
            Optional<String> reason) {
        this(largest, smallest, method, products, asymmetry, reason, Optional.empty(), Optional.empty(), Map.of());
    }

    /** Without layers, Gauss-Newton matrix and reference. */
    public CurvatureValues(
            List<Eigenvalue> largest,
            List<Eigenvalue> smallest,
            String method,
            long products,
            double asymmetry,
            Optional<String> reason,
            Optional<TraceValue> trace,
            Optional<SpectralDensityValues> density,
            Map<String, String> absent) {
        this(
                largest,
                smallest,
                method,
                products,
                asymmetry,
                reason,
                trace,
                density,
                List.of(),
                Optional.empty(),
                List.of(),
                absent,
                List.of());
    }

    /** No eigenvalues, with the reason. */
    public static CurvatureValues absent(String method, String reason) {
        return new CurvatureValues(List.of(), List.of(), method, 0, Double.NaN, Optional.of(reason));
    }

    /** The same with reasons for further absent values, by name. */
    public CurvatureValues withAbsent(Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(absent);
        all.putAll(further);
        return new CurvatureValues(
                largest,
                smallest,
                method,
                products,
                asymmetry,
                reason,
                trace,
                density,
                layers,
                gaussNewton,
                reference,
                all,
                estimates);
    }

    /** The same with further estimates. */
    public CurvatureValues withEstimates(List<Estimate> further) {
        return new CurvatureValues(
                largest,
                smallest,
                method,
                products,
                asymmetry,
                reason,
                trace,
                density,
                layers,
                gaussNewton,
                reference,
                absent,
                Stream.concat(estimates.stream(), further.stream()).toList());
    }

    /** The largest difference between an eigenvalue and its reference; absent without a reference. */
    public OptionalDouble referenceDeviation() {
        List<Eigenvalue> all =
                Stream.concat(largest.stream(), smallest.stream()).toList();
        return IntStream.range(0, Math.min(all.size(), reference.size()))
                .mapToDouble(i -> Math.abs(all.get(i).value() - reference.get(i)))
                .max();
    }

    /** The numbers of all further estimates, each named {@code operator.estimator.name}. */
    public Map<String, Double> estimateNumbers() {
        Map<String, Double> numbers = new TreeMap<>();
        for (Estimate estimate : estimates) {
            String prefix = estimate.operator() + "." + estimate.estimator() + ".";
            estimate.values().numbers().forEach((name, value) -> numbers.put(prefix + name, value));
        }
        return numbers;
    }

    /** lambda_max. */
    public Optional<Eigenvalue> lambdaMax() {
        return largest.stream().findFirst();
    }

    /** lambda_min. */
    public Optional<Eigenvalue> lambdaMin() {
        return smallest.isEmpty() ? Optional.empty() : Optional.of(smallest.get(smallest.size() - 1));
    }
}
