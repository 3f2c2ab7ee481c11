package org.thalweg.curvature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.NonFiniteProductException;
import org.thalweg.krylov.SymmetryCheck;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;

/**
 * Answers all requests at one point: first those for matrices that share the Hessian, then the others, one matrix after
 * another. Estimates that do not fit into memory or diverge are absent. For one use.
 */
final class CurvatureAnalyzer {

    private static final EstimateKey EIGENVALUES = CurvatureReport.EIGENVALUES;

    private final Objective objective;
    private final CurvatureOptions options;
    private final CurvaturePoint point;
    private final Map<EstimateKey, CurvatureEstimate<?>> found = new LinkedHashMap<>();
    private final Map<EstimateKey, String> reasons = new TreeMap<>();
    private double asymmetry = Double.NaN;
    private long products;

    /** @param start start of the Lanczos iteration on the Hessian; null for a random vector */
    CurvatureAnalyzer(FrameObjectives objectives, INDArray theta, @Nullable INDArray start, CurvatureOptions options) {
        this.objective = objectives.whole();
        // Finite differences are checked against the loss along the top eigenvector.
        this.options = objective.hessianMethod() == HessianMethod.FINITE_DIFFERENCE
                ? options.withEigenvalues(options.eigenvalues().withEigenvectors())
                : options;
        this.point = new CurvaturePoint(objectives, theta, start, found);
    }

    /** The report for a Hessian that cannot be computed or trusted, with the result of its self-check. */
    CurvatureReport absent(String reason) {
        found.clear();
        options.requests().forEach(request -> reasons.put(key(request.operator(), request.estimator()), reason));
        return report();
    }

    /** The report for all matrices that share the Hessian, which is open. */
    CurvatureReport ofHessian(LinearOperator hessian) {
        point.hessian(hessian);
        if (options.selfCheck()
                && needed(options.eigenvalues(), hessian)
                        <= options.eigenvalues().budget().memory()) {
            asymmetry = SymmetryCheck.asymmetry(
                    hessian, options.eigenvalues().lanczos().seed());
            products += SymmetryCheck.PRODUCTS;
        }
        byOperator(true).forEach(this::answer);
        CurvatureEstimate<?> eigenvalues = found.get(EIGENVALUES);
        products += eigenvalues == null ? 0 : eigenvalues.products();
        return report();
    }

    /** The reason why no result can be trusted, if there is one. */
    Optional<String> distrust(LinearOperator hessian, CurvatureReport report) {
        if (asymmetry > SymmetryCheck.largest(hessian)) {
            return Optional.of(String.format(Locale.ROOT, "asymmetric: products differ by %.2g", asymmetry));
        }
        return report.largest().stream()
                .findFirst()
                .flatMap(pair ->
                        pair.vector() == null ? Optional.empty() : hessian.defectAlong(pair.vector(), pair.value()));
    }

    /** Adds the estimates of matrices other than the Hessian, which is closed by now. */
    CurvatureReport withOthers(CurvatureReport report) {
        point.hessian(null);
        Map<CurvatureOperator, List<CurvatureEstimator<?>>> others = byOperator(false);
        if (others.isEmpty()) {
            return report;
        }
        String reason = reasons.get(EIGENVALUES);
        if (reason == null) {
            others.forEach(this::answer);
        } else {
            others.forEach((operator, estimators) -> absent(operator, estimators, reason));
        }
        return report().withQuantities(report.quantities(), report.absentQuantities());
    }

    private CurvatureReport report() {
        return new CurvatureReport(objective.hessianMethod(), products, asymmetry, found, reasons, Map.of(), Map.of());
    }

    private Map<CurvatureOperator, List<CurvatureEstimator<?>>> byOperator(boolean sharesHessian) {
        Map<CurvatureOperator, List<CurvatureEstimator<?>>> estimators = new LinkedHashMap<>();
        for (CurvatureRequest request : options.requests()) {
            if (request.operator().sharesHessian() == sharesHessian) {
                estimators
                        .computeIfAbsent(request.operator(), operator -> new ArrayList<>())
                        .add(request.estimator());
            }
        }
        return estimators;
    }

    private void answer(CurvatureOperator operator, List<CurvatureEstimator<?>> estimators) {
        List<NamedOperator> matrices;
        try {
            matrices = operator.at(point);
        } catch (AbsentException e) {
            absent(operator, estimators, e.reason());
            return;
        }
        try {
            estimators.forEach(estimator -> answer(operator, matrices, estimator));
        } finally {
            matrices.stream()
                    .map(NamedOperator::matrix)
                    .filter(matrix -> !point.isHessian(matrix))
                    .forEach(LinearOperator::close);
        }
    }

    private <T> void answer(CurvatureOperator operator, List<NamedOperator> matrices, CurvatureEstimator<T> estimator) {
        try {
            for (NamedOperator matrix : matrices) {
                if (matrix.matrix().dimension() == 0) {
                    throw new AbsentException("all parameters are pruned");
                }
                requireMemory(matrix.matrix(), estimator);
            }
            List<T> estimates = estimator.estimateAll(matrices, point);
            for (int i = 0; i < estimates.size(); i++) {
                NamedOperator matrix = matrices.get(i);
                found.put(
                        new EstimateKey(matrix.name(), estimator.name()),
                        new CurvatureEstimate<>(matrix.matrix().dimension(), estimates.get(i), estimator));
            }
        } catch (AbsentException e) {
            absent(operator, List.of(estimator), e.reason());
        } catch (NonFiniteProductException e) {
            absent(operator, List.of(estimator), CurvatureReport.DIVERGED);
            products += key(operator, estimator).equals(EIGENVALUES) ? e.product() : 0;
        }
    }

    private void absent(CurvatureOperator operator, List<? extends CurvatureEstimator<?>> estimators, String reason) {
        for (CurvatureEstimator<?> estimator : estimators) {
            EstimateKey key = key(operator, estimator);
            // Estimates that were not requested are left out without a reason.
            if (!reason.equals(CurvatureQuantity.OFF) || key.equals(EIGENVALUES)) {
                reasons.put(key, reason);
            }
        }
    }

    private static EstimateKey key(CurvatureOperator operator, CurvatureEstimator<?> estimator) {
        return new EstimateKey(operator.name(), estimator.name());
    }

    private void requireMemory(LinearOperator matrix, CurvatureEstimator<?> estimator) {
        long needed = needed(estimator, matrix);
        long budget = options.eigenvalues().budget().memory();
        if (needed > budget) {
            throw new AbsentException("memory: " + matrix.dimension() + " parameters need at least " + needed
                    + " bytes, the budget is " + budget);
        }
    }

    private static long needed(CurvatureEstimator<?> estimator, LinearOperator matrix) {
        return estimator.bytes(matrix.space().dimension(), matrix.dataType());
    }
}
