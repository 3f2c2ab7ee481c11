package org.thalweg.curvature;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveParts;

/**
 * The point at which operators and estimators work, and the results there so far. Confined to one thread and to the
 * calls that receive it.
 *
 * @since 0.2.0
 */
public final class CurvaturePoint {

    private final FrameObjectives objectives;
    private final INDArray theta;
    private final @Nullable INDArray start;
    private final Map<EstimateKey, CurvatureEstimate<?>> found;
    private @Nullable LinearOperator hessian;

    CurvaturePoint(
            FrameObjectives objectives,
            INDArray theta,
            @Nullable INDArray start,
            Map<EstimateKey, CurvatureEstimate<?>> found) {
        this.objectives = objectives;
        this.theta = theta;
        this.start = start;
        this.found = found;
    }

    /** The function under study. */
    public Objective objective() {
        return objectives.whole();
    }

    /**
     * The objective on disjoint random batches of nearly equal size, which make up its probe.
     *
     * @throws AbsentException if there are none
     */
    public ObjectiveParts batches() {
        return objectives.batches();
    }

    /**
     * The objective on the classes of its probe, each in parts by random batches ({@link org.thalweg.objective.ProbePart#crossed}).
     *
     * @throws AbsentException if it has none
     */
    public ObjectiveParts classes() {
        return objectives.classes();
    }

    /**
     * The objective on the validation probe.
     *
     * @throws AbsentException without one
     */
    public Objective validation() {
        return objectives.validation();
    }

    /** The parameters, packed, {@code [P]}; must not be modified or closed. */
    public INDArray theta() {
        return theta;
    }

    /**
     * The Hessian while it is open.
     *
     * @throws IllegalStateException if it is closed: it is open only for operators that share it
     */
    public LinearOperator hessian() {
        if (hessian == null) {
            throw new IllegalStateException("the Hessian is open only for operators that share it");
        }
        return hessian;
    }

    boolean isHessian(LinearOperator matrix) {
        return matrix == hessian;
    }

    void hessian(@Nullable LinearOperator hessian) {
        this.hessian = hessian;
    }

    /**
     * Start of the Lanczos iteration on a matrix: the given start on the Hessian, otherwise null for a random vector.
     */
    @Nullable
    INDArray start(LinearOperator matrix) {
        return isHessian(matrix) ? start : null;
    }

    /** The results of earlier requests. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> found(String operator, CurvatureEstimator<T> estimator) {
        return Optional.ofNullable(found.get(new EstimateKey(operator, estimator.name())))
                .map(estimate -> (T) estimate.value());
    }
}
