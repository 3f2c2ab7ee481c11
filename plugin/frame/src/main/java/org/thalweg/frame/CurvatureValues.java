package org.thalweg.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curvature at the parameters: extreme eigenvalues of the Hessian, or the reason why there are none, and whatever else
 * was asked for. Immutable.
 *
 * @param largest the algebraically largest, descending
 * @param smallest the algebraically smallest, descending: the last one is lambda_min
 * @param method {@code exact} or {@code finite-difference}
 * @param products number of Hessian-vector products taken by eigenvalues and self-check
 * @param asymmetry |&lt;u,Hv&gt; - &lt;v,Hu&gt;| / (||u|| ||Hv||) on random vectors, the operator's own check; NaN if not taken
 * @param reason why there are no eigenvalues: {@code off}, {@code budget}, {@code kink}, "asymmetric",
 *     {@code diverged}, {@code memory: ...}
 * @param trace of the Hessian, when asked for
 * @param density of its eigenvalues, when asked for
 * @param layers diagonal blocks, one a layer with parameters, when asked for
 * @param gaussNewton the Gauss-Newton matrix, when asked for
 * @param reference the eigenvalues again, in their order, by an objective in double precision; empty unless asked for
 * @param absent why something else that was asked for is not there, by its name: {@code trace}, {@code density},
 *     {@code layers}, {@code gauss_newton}, {@code reference}, the name of a quantity of the frame
 * @param estimates what further estimators found of further matrices, each under both names
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
     * @param converged whether the residual is within the tolerance asked for
     */
    public record Eigenvalue(double value, double residual, boolean converged) {}

    public CurvatureValues {
        largest = List.copyOf(largest);
        smallest = List.copyOf(smallest);
        layers = List.copyOf(layers);
        reference = List.copyOf(reference);
        absent = Map.copyOf(absent);
        estimates = List.copyOf(estimates);
        if (reason.isEmpty() && largest.isEmpty() && smallest.isEmpty()) {
            throw new IllegalArgumentException("curvature without eigenvalues must give the reason");
        }
    }

    /** Eigenvalues, or the reason why there are none, and nothing else. */
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

    /** No eigenvalues, and why. */
    public static CurvatureValues absent(String method, String reason) {
        return new CurvatureValues(List.of(), List.of(), method, 0, Double.NaN, Optional.of(reason));
    }

    /** The same with further reasons why something is absent, by name. */
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

    /** The largest difference between an eigenvalue and its reference; absent without one. */
    public OptionalDouble referenceDeviation() {
        List<Eigenvalue> all =
                Stream.concat(largest.stream(), smallest.stream()).toList();
        return IntStream.range(0, Math.min(all.size(), reference.size()))
                .mapToDouble(i -> Math.abs(all.get(i).value() - reference.get(i)))
                .max();
    }

    /** The numbers of all further estimates, each under {@code operator.estimator.name}. */
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
