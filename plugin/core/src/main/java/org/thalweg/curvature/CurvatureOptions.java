package org.thalweg.curvature;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.krylov.TraceOptions;

/**
 * The curvature to compute, and limits on its cost. Immutable.
 *
 * @param eigenvalues number at each end, accuracy and cost; each of the other estimates has the same memory budget
 * @param selfCheck whether to check the operator's symmetry, with two more products
 * @param trace options of the trace; empty for none
 * @param density options of the spectral density; empty for none
 * @param layers whether to analyze each layer's diagonal block, too: its largest and smallest eigenvalue, at the cost
 *     of one Lanczos run a layer, and with the trace option its trace, for {@code samples} products for all layers
 *     together
 * @param gaussNewton whether to analyze the Gauss-Newton matrix, too: its largest eigenvalue, its share of the
 *     Hessian's, and with the trace option its trace
 * @param sampling whether to estimate the sampling errors of eigenvalues and trace, too, and the curvature along each
 *     eigenvector on the validation probe, with a product each for every eigenvalue; without the probes they are left out
 * @param reference whether to compute the eigenvalues again in double precision
 * @param further further estimators and their matrices
 * @since 0.2.0
 */
public record CurvatureOptions(
        ExtremeEigenvalues eigenvalues,
        boolean selfCheck,
        Optional<TraceOptions> trace,
        Optional<SpectralDensityOptions> density,
        boolean layers,
        boolean gaussNewton,
        boolean sampling,
        boolean reference,
        List<CurvatureRequest> further) {

    public CurvatureOptions {
        further = List.copyOf(further);
    }

    /**
     * Five eigenvalues at each end, each to 1e-3 of itself, at most 300 products and two minutes, with self-check;
     * nothing else. The residual bounds the error; the error itself is of the order of its square.
     */
    public static final CurvatureOptions DEFAULT = new CurvatureOptions(
            new ExtremeEigenvalues(
                    EigenvalueQuery.ofEachEnd(5),
                    Lanczos.DEFAULT,
                    KrylovBudget.DEFAULT.withProducts(300).withTime(Duration.ofMinutes(2))),
            true,
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            true,
            false,
            List.of());

    /**
     * {@link #DEFAULT} without a time limit, for saved networks: neither the results nor a continued analysis may
     * depend on the speed of the machine.
     */
    public static final CurvatureOptions UNTIMED =
            DEFAULT.withBudget(DEFAULT.eigenvalues().budget().withTime(Duration.ofNanos(Long.MAX_VALUE)));

    /** k eigenvalues at each end, from a basis of at least 4k vectors. */
    public CurvatureOptions withEigenvalues(int k) {
        return withEigenvalues(new ExtremeEigenvalues(
                EigenvalueQuery.ofEachEnd(k), eigenvalues.lanczos().enlargedFor(k), eigenvalues.budget()));
    }

    public CurvatureOptions withEigenvalues(EigenvalueQuery query) {
        return withEigenvalues(eigenvalues.withQuery(query));
    }

    public CurvatureOptions withEigenvalues(ExtremeEigenvalues eigenvalues) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    public CurvatureOptions withTolerance(double tolerance, ToleranceRule rule) {
        return withLanczos(eigenvalues.lanczos().withTolerance(tolerance, rule));
    }

    public CurvatureOptions withLanczos(Lanczos lanczos) {
        return withEigenvalues(new ExtremeEigenvalues(eigenvalues.query(), lanczos, eigenvalues.budget()));
    }

    public CurvatureOptions withBudget(KrylovBudget budget) {
        return withEigenvalues(new ExtremeEigenvalues(eigenvalues.query(), eigenvalues.lanczos(), budget));
    }

    public CurvatureOptions withSelfCheck(boolean selfCheck) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    /** Also the trace. */
    public CurvatureOptions withTrace(TraceOptions trace) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, Optional.of(trace), density, layers, gaussNewton, sampling, reference, further);
    }

    /** Also the spectral density. */
    public CurvatureOptions withDensity(SpectralDensityOptions density) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, Optional.of(density), layers, gaussNewton, sampling, reference, further);
    }

    /** Also each layer's diagonal block. */
    public CurvatureOptions withLayers(boolean layers) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    /** Also the Gauss-Newton matrix. */
    public CurvatureOptions withGaussNewton(boolean gaussNewton) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    /** With or without sampling errors and the curvature on the validation probe. */
    public CurvatureOptions withSampling(boolean sampling) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    /** Also loss, accuracy and each of the largest eigenvalues by class: a product for each of them, and an evaluation. */
    public CurvatureOptions withClasses() {
        return with(CurvatureOperator.CLASSES, new ClassShares(eigenvalues));
    }

    /** Also the eigenvalues in double precision, to see the error of single precision. */
    public CurvatureOptions withReference(boolean reference) {
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, further);
    }

    /** Also an estimator's result for a matrix, or for each matrix of a family. */
    public CurvatureOptions with(CurvatureOperator operator, CurvatureEstimator<?> estimator) {
        List<CurvatureRequest> all = new ArrayList<>(further);
        all.add(new CurvatureRequest(operator, estimator));
        return new CurvatureOptions(
                eigenvalues, selfCheck, trace, density, layers, gaussNewton, sampling, reference, all);
    }

    /** All requests, the Hessian's eigenvalues first, with eigenvectors where other requests may need them. */
    public List<CurvatureRequest> requests() {
        List<CurvatureRequest> requests = new ArrayList<>();
        ExtremeEigenvalues ends =
                gaussNewton || sampling || !further.isEmpty() ? eigenvalues.withEigenvectors() : eigenvalues;
        requests.add(new CurvatureRequest(CurvatureOperator.HESSIAN, ends));
        trace.ifPresent(how -> requests.add(new CurvatureRequest(CurvatureOperator.HESSIAN, new TraceEstimation(how))));
        density.ifPresent(
                how -> requests.add(new CurvatureRequest(CurvatureOperator.HESSIAN, new DensityEstimation(how))));
        if (layers) {
            addWithTrace(requests, CurvatureOperator.LAYERS, plain(1, 1));
        }
        if (gaussNewton) {
            addWithTrace(requests, CurvatureOperator.GAUSS_NEWTON, plain(1, 0));
            requests.add(new CurvatureRequest(CurvatureOperator.GAUSS_NEWTON, new TopDirectionCurvature(ends)));
        }
        if (sampling) {
            requests.add(new CurvatureRequest(CurvatureOperator.BATCHES, new SamplingErrorEstimation(ends, trace)));
            requests.add(new CurvatureRequest(CurvatureOperator.VALIDATION, new EigenvectorCurvatures(ends)));
        }
        if (reference) {
            EigenvalueQuery query = eigenvalues.query();
            requests.add(new CurvatureRequest(CurvatureOperator.REFERENCE, plain(query.largest(), query.smallest())));
        }
        requests.addAll(further);
        return requests;
    }

    private ExtremeEigenvalues plain(int largest, int smallest) {
        return eigenvalues.withQuery(EigenvalueQuery.of(largest, smallest));
    }

    private void addWithTrace(List<CurvatureRequest> requests, CurvatureOperator operator, ExtremeEigenvalues ends) {
        requests.add(new CurvatureRequest(operator, ends));
        trace.ifPresent(how -> requests.add(new CurvatureRequest(operator, new TraceEstimation(how))));
    }

    /**
     * Largest number of bytes held for vectors of n parameters, including eigenvectors. The estimates are computed one
     * after another, each within its memory budget, so the largest one counts.
     *
     * @param type of the Hessian
     */
    public long bytes(long n, DataType type) {
        long budget = eigenvalues.budget().memory();
        long eigenvectors = eigenvalues.query().wanted() * n * type.width();
        long largest = eigenvalues.withEigenvectors().bytesWithin(n, type);
        if (trace.isPresent() && trace.get().bytes(n, type) <= budget) {
            largest = Math.max(largest, eigenvectors + trace.get().bytes(n, type));
        }
        if (density.isPresent() && density.get().bytes(n, type) <= budget) {
            largest = Math.max(largest, eigenvectors + density.get().bytes(n, type));
        }
        for (CurvatureRequest request : further) {
            largest = Math.max(largest, eigenvectors + request.estimator().bytes(n, type));
        }
        return reference ? Math.max(largest, eigenvectors + eigenvalues.bytesWithin(n, DataType.DOUBLE)) : largest;
    }
}
