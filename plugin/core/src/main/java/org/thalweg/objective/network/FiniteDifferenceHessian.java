package org.thalweg.objective.network;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.internal.Regularizer;

/**
 * Hessian-vector products as central differences of the gradient in double precision:
 * H v = (g(theta + h v) - g(theta - h v)) / 2h for unit v.
 *
 * <p>The step is 1e-7. DL4J's biases start at zero, so dark image patches sit exactly on ReLU's kink, where a
 * difference grows like 1/h, and larger steps cross other kinks even after training; in double precision the small step
 * costs about 1e-9 of the gradient in rounding. {@link #defect()} compares the step with a quarter of it.
 */
final class FiniteDifferenceHessian implements Nd4jOperator {

    private static final double STEP = 1e-7;
    private static final double STEP_DEPENDENCE = 1e-3;

    /** Nodes and weights of Gauss-Legendre quadrature on [0, 1]. */
    private static final double[] GAUSS_POINTS = {
        0.0694318442029737, 0.3300094782075719, 0.6699905217924281, 0.9305681557970263
    };

    private static final double[] GAUSS_WEIGHTS = {
        0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269
    };

    private static final double ROUNDING = 1e-14;
    private static final double CURVATURE_DIGITS = 1e-4;
    private static final double CURVATURE_TOLERANCE = 1e-2;
    private static final double LARGEST_STEP = 1e-2;

    private final NetworkGradient gradients;
    private final INDArray theta;
    private final INDArray flat;
    private final Regularizer regularizer;
    private final boolean training;
    private final @Nullable String withoutGradient;

    /** Of the norm of a product with a unit vector when the step is quartered. */
    private double change = Double.NaN;

    /** Norm of the largest product with a unit vector. */
    private double largest;

    /**
     * @param regularizer penalties, whose products are exact
     * @param training whether the loss is evaluated in training mode
     * @param withoutGradient why there are no products; null if there are
     */
    FiniteDifferenceHessian(
            NetworkGradient gradients,
            INDArray theta,
            INDArray flat,
            Regularizer regularizer,
            boolean training,
            @Nullable String withoutGradient) {
        this.gradients = gradients;
        this.theta = theta.dup();
        this.flat = flat.castTo(DataType.DOUBLE).dup();
        this.regularizer = regularizer;
        this.training = training;
        this.withoutGradient = withoutGradient;
    }

    @Override
    public long dimension() {
        return theta.length();
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        if (withoutGradient != null) {
            throw new UnsupportedOperationException(withoutGradient);
        }
        if (vectors.rank() == 1) {
            return penalized(vectors);
        }
        INDArray products = vectors.ulike();
        for (long i = 0; i < vectors.size(0); i++) {
            products.getRow(i).assign(penalized(vectors.getRow(i)));
        }
        return products;
    }

    private INDArray penalized(INDArray vector) {
        INDArray product = product(vector, STEP);
        regularizer.addProduct(vector, product);
        double norm = InnerProducts.norm(vector);
        if (norm > 0) {
            largest = Math.max(largest, InnerProducts.norm(product) / norm);
        }
        return product;
    }

    /**
     * Of two parts. theta + h v and theta - h v are rounded by up to eps |theta_i| / 2 in each element, which moves a product by
     * up to eps ||theta|| ||H|| / 2h. What gradients are rounded by, and the third derivative, show in how the product with a
     * random vector changes from h to h / 4, where the former is four times and the latter a sixteenth: the change is at least
     * the one and about four times the other. Neither becomes smaller where only a block of the Hessian is looked for.
     */
    @Override
    public double productError(double norm) {
        if (withoutGradient != null || largest == 0) {
            return Nd4jOperator.super.productError(norm);
        }
        if (Double.isNaN(change)) {
            change = change(randomVector());
        }
        double moved = InnerProducts.epsilon(DataType.DOUBLE) * InnerProducts.norm(theta) / (2 * STEP);
        return moved * Math.max(norm, largest) + change;
    }

    private double change(INDArray vector) {
        INDArray difference = product(vector, STEP / 4).subi(product(vector, STEP));
        return InnerProducts.norm(difference) / InnerProducts.norm(vector);
    }

    @Override
    public Optional<String> defect() {
        if (withoutGradient != null) {
            return Optional.of(withoutGradient);
        }
        try {
            Optional<String> notFinite = gradients.notFinite(gradientAt(theta));
            return notFinite.isPresent() ? notFinite : smoothness(randomVector());
        } catch (RuntimeException e) {
            return Optional.of(NetworkObjective.failed(e));
        }
    }

    /**
     * Checks whether products depend on the step. Changes by rounding have no common direction from step to step;
     * changes by a kink point the same way, or vanish with smaller steps.
     */
    private Optional<String> smoothness(INDArray vector) {
        INDArray fine = product(vector, STEP / 4);
        INDArray change = fine.sub(product(vector, STEP));
        double difference = InnerProducts.norm(change);
        this.change = difference / InnerProducts.norm(vector);
        if (difference <= STEP_DEPENDENCE * InnerProducts.norm(fine)) {
            return Optional.empty();
        }
        if (!Double.isFinite(difference)) {
            return Optional.of(NetworkGradient.NOT_FINITE);
        }
        INDArray next = product(vector, STEP / 16).subi(fine);
        double size = InnerProducts.norm(next);
        boolean rounding = size > difference && InnerProducts.dot(change, next) < difference * size / 2;
        return Optional.of(rounding ? "rounding: it hides the second derivative" : "kink");
    }

    /**
     * Checks the curvature along a direction against the loss. With the loss L and its slope s along v,
     *
     * <pre>
     *   (L(t) - 2 L(0) + L(-t)) / t^2  =  1/t^2 integral from 0 to t of (s(x) - s(-x)) dx,
     * </pre>
     *
     * <p>with the right side from the gradient at Gauss points. Both sides include the kinks between -t and t, so kinks
     * do not matter. t begins as small as the rounding of the loss allows, and grows while the sides differ: a loss may
     * be the difference of large logits, whose rounding it does not show.
     *
     * @param vector of unit length
     * @param curvature v^T H v, to choose the size of t
     */
    @Override
    public Optional<String> defectAlong(INDArray vector, double curvature) {
        double rounding = ROUNDING * Math.abs(lossAt(vector, 0));
        double largest = LARGEST_STEP * Math.max(1, InnerProducts.norm(theta));
        // A loss of zero has no rounding, and possibly no curvature.
        double digits = rounding == 0 ? 0 : Math.sqrt(rounding / (CURVATURE_DIGITS * Math.abs(curvature)));
        double smallest = Math.max(STEP, digits);
        String sides = "";
        for (double t = Math.min(smallest, largest); t <= largest; t *= 10) {
            double ofLoss = (lossAt(vector, t) - 2 * lossAt(vector, 0) + lossAt(vector, -t)) / (t * t);
            double ofGradient = meanSlopeChange(vector, t);
            double size = Math.max(Math.abs(ofLoss), Math.abs(ofGradient));
            if (Math.abs(ofLoss - ofGradient) <= CURVATURE_TOLERANCE * size + 4 * rounding / (t * t)) {
                return Optional.empty();
            }
            sides = String.format(Locale.ROOT, "the loss has curvature %.4g, the gradient %.4g", ofLoss, ofGradient);
        }
        return Optional.of(Objective.NOT_THE_GRADIENT + ": along the top eigenvector " + sides);
    }

    private double meanSlopeChange(INDArray vector, double t) {
        double sum = 0;
        for (int i = 0; i < GAUSS_POINTS.length; i++) {
            double x = t * GAUSS_POINTS[i];
            sum += GAUSS_WEIGHTS[i] * (slopeAt(vector, x) - slopeAt(vector, -x)) / t;
        }
        return sum;
    }

    private double lossAt(INDArray vector, double x) {
        try (INDArray point = vector.mul(x).addi(theta)) {
            return gradients.lossAt(point, flat, training);
        }
    }

    private double slopeAt(INDArray vector, double x) {
        try (INDArray point = vector.mul(x).addi(theta);
                INDArray gradient = gradientAt(point)) {
            return InnerProducts.dot(gradient, vector);
        }
    }

    @Override
    public void close() {
        theta.close();
        flat.close();
    }

    private INDArray product(INDArray vector, double step) {
        double norm = vector.norm2Number().doubleValue();
        if (norm == 0) {
            return vector.like();
        }
        // Products are frequent, and the garbage collector does not know how large these arrays are.
        try (INDArray way = vector.mul(step / norm);
                INDArray ahead = theta.add(way);
                INDArray behind = theta.sub(way);
                INDArray backward = gradientAt(behind)) {
            return gradientAt(ahead).subi(backward).muli(norm / (2 * step));
        }
    }

    private INDArray gradientAt(INDArray point) {
        return gradients.meanAt(point, flat);
    }

    /** The check's vector, the same for every frame, from a generator that training does not use. */
    private INDArray randomVector() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(0x7468616c77656721L);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[(int) theta.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = gaussian.sample();
        }
        return Nd4j.createFromArray(values);
    }
}
