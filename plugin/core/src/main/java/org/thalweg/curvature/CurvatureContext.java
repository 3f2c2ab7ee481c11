package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.NonFiniteProductException;
import org.thalweg.krylov.Vector;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveParts;

/**
 * The landscape near the parameters of a frame, for quantities: loss, gradient, Hessian, its eigenpairs, and the step
 * that led here. Values that need an evaluation or a product are computed on first use. A method whose value is not
 * available throws {@link AbsentException} with the reason.
 *
 * <p>Vectors are packed, {@code [P]}, belong to this context, and must not be modified or closed. Confined to one
 * thread and to the call that receives it.
 *
 * @since 0.2.0
 */
public final class CurvatureContext implements AutoCloseable {

    private final FrameObjectives objectives;
    private final INDArray parameters;
    private final TrainingState training;
    private final CurvatureReport report;
    private final Optional<OpenHessian> hessian;
    private final CurvatureHistory history;
    private @Nullable INDArray gradient;
    private @Nullable GradientNoise noise;
    private @Nullable INDArray previous;
    private @Nullable INDArray step;

    /**
     * @param hessian empty where the report has a reason for its absence
     * @param history of earlier frames
     */
    CurvatureContext(
            FrameObjectives objectives,
            INDArray parameters,
            TrainingState training,
            CurvatureReport report,
            Optional<OpenHessian> hessian,
            CurvatureHistory history) {
        this.objectives = objectives;
        this.parameters = parameters;
        this.training = training;
        this.report = report;
        this.hessian = hessian;
        this.history = history;
    }

    /** The objective itself, for evaluations at other points. */
    public Objective objective() {
        return objectives.whole();
    }

    /** The objective on disjoint random batches of nearly equal size, which make up its probe. */
    public ObjectiveParts batches() {
        return objectives.batches();
    }

    /** The objective on the validation probe. */
    public Objective validation() {
        return objectives.validation();
    }

    /** theta. */
    public INDArray parameters() {
        return parameters;
    }

    /** The objective's value at theta, evaluated again: a frame's surface may use a part of the probe. */
    public double loss() {
        return objective().evaluate(parameters).loss();
    }

    /** The gradient at theta. */
    public INDArray gradient() {
        if (gradient == null) {
            gradient = gradientAt(parameters);
        }
        return gradient;
    }

    /** The gradient at another point, a new vector. */
    public INDArray gradientAt(INDArray theta) {
        report.reason()
                .filter(reason -> reason.startsWith(Objective.NOT_THE_GRADIENT))
                .ifPresent(reason -> {
                    throw new AbsentException(reason);
                });
        try {
            return objective().gradient(theta);
        } catch (UnsupportedOperationException e) {
            throw new AbsentException(String.valueOf(e.getMessage()));
        }
    }

    /** The spread of single examples' gradients. One gradient of the probe, in batches. */
    public GradientNoise gradientNoise() {
        if (noise == null) {
            try {
                noise = GradientNoise.of(batches(), parameters);
            } catch (UnsupportedOperationException e) {
                throw new AbsentException(String.valueOf(e.getMessage()));
            }
        }
        return noise;
    }

    /** lambda_max, converged. */
    public double lambdaMax() {
        return converged(report.largest()).get(0).value();
    }

    /** lambda_min, converged. */
    public double lambdaMin() {
        List<EigenPair> smallest = converged(report.smallest());
        return smallest.get(smallest.size() - 1).value();
    }

    /** Unit eigenvectors of the largest eigenvalues, all converged, from lambda_max on; in the Hessian's type. */
    public List<INDArray> topEigenvectors() {
        return converged(report.largest()).stream()
                .flatMap(pair -> Optional.ofNullable(pair.vector()).stream())
                .toList();
    }

    private List<EigenPair> converged(List<EigenPair> pairs) {
        if (pairs.isEmpty()) {
            throw new AbsentException(report.reason().orElse(CurvatureQuantity.OFF));
        }
        if (!pairs.stream().allMatch(EigenPair::converged)) {
            throw new AbsentException("unconverged");
        }
        return pairs;
    }

    /** v^T H v / v^T v: one product. */
    public double curvatureAlong(INDArray v) {
        LinearOperator operator = hessian().operator();
        INDArray typed = v.castTo(operator.dataType());
        try (INDArray product = operator.multiply(typed)) {
            return InnerProducts.dot(typed, product) / InnerProducts.dot(typed, typed);
        }
    }

    /** The inner product of two vectors, which may differ in type. */
    public double dot(INDArray a, INDArray b) {
        return a.dataType() == b.dataType() ? InnerProducts.dot(a, b) : InnerProducts.dot(a.castTo(b.dataType()), b);
    }

    /**
     * The largest eigenvalue of D H, where D is the diagonal matrix of {@code sizes}, none of them negative. Takes
     * another Lanczos run.
     */
    public double lambdaMaxScaled(INDArray sizes) {
        LinearOperator operator = hessian().operator();
        ExtremeEigenvalues means = hessian().eigenvalues();
        INDArray roots = Transforms.sqrt(sizes, true).castTo(operator.dataType());
        try (Vector root = operator.space().fromArray(roots);
                LanczosResult result = means.lanczos()
                        .run(
                                new ScaledOperator(
                                        operator, root, sizes.maxNumber().doubleValue()),
                                EigenvalueQuery.of(1, 0),
                                means.budget())) {
            return converged(result.largest()).get(0).value();
        } catch (NonFiniteProductException e) {
            throw new AbsentException(CurvatureReport.DIVERGED);
        }
    }

    private OpenHessian hessian() {
        return hessian.orElseThrow(() -> new AbsentException(report.reason().orElse(CurvatureQuantity.OFF)));
    }

    /** The state of training. */
    public TrainingState training() {
        return training;
    }

    /** The step sizes of training's next update. */
    public StepSizes stepSizes() {
        return new StepSizes(training.updateRules().get(), objective().layout());
    }

    /** theta one iteration before. */
    public INDArray previous() {
        if (previous == null) {
            previous = objective().layout().pack(training.previousParameters().get());
        }
        return previous;
    }

    /** The last step: theta minus theta one iteration before. */
    public INDArray step() {
        if (step == null) {
            step = parameters.sub(previous());
            if (InnerProducts.norm(step) == 0) {
                throw new AbsentException("standstill");
            }
        }
        return step;
    }

    /** theta at the first frame. */
    public INDArray start() {
        return history.start();
    }

    /** The top eigenvectors of the previous frame. */
    public List<INDArray> topEigenvectorsBefore() {
        return history.topEigenvectors();
    }

    @Override
    public void close() {
        for (@Nullable INDArray vector : new @Nullable INDArray[] {gradient, previous, step}) {
            if (vector != null) {
                vector.close();
            }
        }
    }
}
