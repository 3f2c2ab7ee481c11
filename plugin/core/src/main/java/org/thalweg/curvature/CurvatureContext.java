package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
import org.thalweg.objective.Parameterization;

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

    /** Directions closer than this to a line span no plane: 1 - cos^2 of the angle between them. */
    private static final double PARALLEL = 1e-12;

    private final FrameObjectives objectives;
    private final INDArray parameters;
    private final Optional<Parameterization> plane;
    private final TrainingState training;
    private final CurvatureReport report;
    private final Optional<OpenHessian> hessian;
    private final CurvatureHistory history;
    private @Nullable INDArray gradient;
    private @Nullable INDArray gradientProduct;
    private @Nullable GradientNoise noise;
    private @Nullable INDArray planeProducts;
    private @Nullable INDArray average;
    private @Nullable INDArray previous;
    private @Nullable INDArray step;

    /**
     * @param plane of the frame's surface, if it is around the parameters
     * @param hessian empty where the report has a reason for its absence
     * @param history of earlier frames
     */
    CurvatureContext(
            FrameObjectives objectives,
            INDArray parameters,
            Optional<Parameterization> plane,
            TrainingState training,
            CurvatureReport report,
            Optional<OpenHessian> hessian,
            CurvatureHistory history) {
        this.objectives = objectives;
        this.parameters = parameters;
        this.plane = plane;
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

    /** H g for the gradient g, in the Hessian's type: one product. */
    public INDArray gradientProduct() {
        if (gradientProduct == null) {
            LinearOperator operator = hessian().operator();
            gradientProduct = operator.multiply(gradient().castTo(operator.dataType()));
        }
        return gradientProduct;
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

    /**
     * g^T d: the first derivative of the loss along a direction d of the frame's plane.
     *
     * @param axis 0 for delta, 1 for eta
     */
    public double slopeAlong(int axis) {
        return dot(direction(axis), gradient());
    }

    /**
     * d^T H e: the second derivative of the loss along directions d and e of the frame's plane. All of them take two products.
     *
     * @param first 0 for delta, 1 for eta
     * @param second 0 for delta, 1 for eta
     */
    public double curvatureAlong(int first, int second) {
        INDArray direction = direction(first);
        if (planeProducts == null) {
            LinearOperator operator = hessian().operator();
            try (INDArray both = Nd4j.createUninitialized(
                    operator.dataType(), 2, operator.space().dimension())) {
                both.getRow(0).assign(direction(0));
                both.getRow(1).assign(direction(1));
                planeProducts = operator.multiply(both);
            }
        }
        return dot(direction, planeProducts.getRow(second));
    }

    private INDArray direction(int axis) {
        return plane.orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF))
                .directions()
                .get(axis);
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

    /**
     * The mean of the parameters of this frame and those before, without the first: of up to six frames, later an exponential mean in
     * which the newest has a share of a sixth.
     */
    public INDArray average() {
        if (average == null) {
            average = history.meanWith(parameters);
        }
        return average;
    }

    /** How many frames {@link #average} is of; 6 stands for all larger numbers. */
    public int averagedFrames() {
        average();
        return history.averagedFrames();
    }

    /**
     * The loss of an objective of this frame at other parameters, with BatchNorm's statistics estimated there.
     *
     * @param which {@link #objective} or {@link #validation}
     */
    public double lossAt(Objective which, INDArray theta) {
        return objectives.lossElsewhere(which, theta);
    }

    /**
     * The least-squares coordinate of the {@link #average} on the frame's plane.
     *
     * @param axis 0 for alpha, 1 for beta
     */
    public double averageCoordinate(int axis) {
        INDArray along = direction(axis);
        INDArray across = direction(1 - axis);
        try (INDArray way = average().sub(parameters)) {
            double own = dot(along, along);
            double other = dot(across, across);
            double mixed = dot(along, across);
            double determinant = own * other - mixed * mixed;
            if (!(determinant > PARALLEL * own * other)) {
                throw new AbsentException("plane: its two directions are parallel");
            }
            return (dot(along, way) * other - dot(across, way) * mixed) / determinant;
        }
    }

    /** The top eigenvectors of the previous frame. */
    public List<INDArray> topEigenvectorsBefore() {
        return history.topEigenvectors();
    }

    @Override
    public void close() {
        for (@Nullable
        INDArray vector :
                new @Nullable INDArray[] {gradient, gradientProduct, planeProducts, average, previous, step}) {
            if (vector != null) {
                vector.close();
            }
        }
    }
}
