package org.thalweg.objective.compiled.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.AffineWeights;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * The coefficients of an affine map x W + b and of the normalization after it, folded into those of one affine map:
 * W' = W s and b' = c s + beta, with s = gamma * precision and c = b - mean. From the gradients G of W' and g of b',
 *
 * <ul>
 *   <li>dW = G s, db = g s, d beta = g, d gamma = precision * (W . G + c g), the dot a sum over all but output channels
 *   <li>R W' = R W s + W R s, R b' = R b s + c R s + R beta, with R s = R gamma * precision
 * </ul>
 *
 * and the product rule gives R of the first line. Gamma and beta are trainable together or not at all.
 */
public final class BatchNormFolding {

    private final KernelContext context;
    private final Tape tape;
    private final AffineWeights own;
    private final Weights gamma;
    private final Weights beta;
    private final INDArray precision;
    private final Folded weight;
    private final Folded bias;

    BatchNormFolding(KernelContext context) {
        this.context = context;
        this.tape = context.tape();
        this.own = AffineWeights.of(context);
        this.gamma = context.weights(RunningBatchNorm.GAMMA);
        this.beta = context.weights(RunningBatchNorm.BETA);
        this.precision = context.weights(RunningBatchNorm.PRECISION).value();
        boolean norm = gamma.trainable();
        this.weight = new Folded(
                "folded weight",
                own.weight().value().shape(),
                norm || own.weight().trainable());
        this.bias = new Folded("folded bias", precision.shape(), norm || own.biasTrainable());
    }

    /** The folded ones. */
    public AffineWeights coefficients() {
        return new AffineWeights(weight, bias);
    }

    public void fold() {
        INDArray mean = context.weights(RunningBatchNorm.MEAN).value();
        INDArray unfolded =
                own.bias() == null ? context.zeros(mean.shape()) : own.bias().value();
        Ops.multiply(tape, gamma.value(), precision, scale());
        Ops.subtract(tape, unfolded, mean, centred());
        Ops.multiply(tape, Ops.rows(own.weight().value()), scale(), Ops.rows(weight.value()));
        Ops.multiply(tape, centred(), scale(), bias.value());
        Ops.add(tape, bias.value(), beta.value(), bias.value());
    }

    public void unfoldGradients() {
        if (own.weight().trainable()) {
            Ops.multiply(
                    tape,
                    Ops.rows(weight.gradient()),
                    scale(),
                    Ops.rows(own.weight().gradient()));
        }
        if (own.biasTrainable()) {
            Ops.multiply(tape, bias.gradient(), scale(), own.trainableBias().gradient());
        }
        if (gamma.trainable()) {
            Ops.copy(tape, bias.gradient(), beta.gradient());
            Terms dot = new Terms().add(own.weight().value(), weight.gradient());
            Terms rest = new Terms().add(centred(), bias.gradient());
            gammaGradient(dot, rest, gamma.gradient());
        }
    }

    public void foldTangents() {
        if (gamma.trainable()) {
            Ops.multiply(tape, gamma.tangent(), precision, scaleTangent());
        }
        if (weight.trainable()) {
            Terms terms = new Terms();
            if (own.weight().trainable()) {
                terms.add(Ops.rows(own.weight().tangent()), scale());
            }
            if (gamma.trainable()) {
                terms.add(Ops.rows(own.weight().value()), scaleTangent());
            }
            terms.sumInto(Ops.rows(weight.tangent()));
        }
        if (bias.trainable()) {
            Terms terms = new Terms();
            if (own.biasTrainable()) {
                terms.add(own.trainableBias().tangent(), scale());
            }
            if (gamma.trainable()) {
                terms.add(centred(), scaleTangent());
            }
            terms.sumInto(bias.tangent());
            if (gamma.trainable()) {
                Ops.add(tape, bias.tangent(), beta.tangent(), bias.tangent());
            }
        }
    }

    public void unfoldGradientTangents() {
        if (own.weight().trainable()) {
            Terms terms = new Terms().add(Ops.rows(weight.gradientTangent()), scale());
            if (gamma.trainable()) {
                terms.add(Ops.rows(weight.gradient()), scaleTangent());
            }
            terms.sumInto(Ops.rows(own.weight().gradientTangent()));
        }
        if (own.biasTrainable()) {
            Terms terms = new Terms().add(bias.gradientTangent(), scale());
            if (gamma.trainable()) {
                terms.add(bias.gradient(), scaleTangent());
            }
            terms.sumInto(own.trainableBias().gradientTangent());
        }
        if (gamma.trainable()) {
            Ops.copy(tape, bias.gradientTangent(), beta.gradientTangent());
            Terms dot = new Terms().add(own.weight().value(), weight.gradientTangent());
            Terms rest = new Terms().add(centred(), bias.gradientTangent());
            if (own.weight().trainable()) {
                dot.add(own.weight().tangent(), weight.gradient());
            }
            if (own.biasTrainable()) {
                rest.add(own.trainableBias().tangent(), bias.gradient());
            }
            gammaGradient(dot, rest, gamma.gradientTangent());
        }
    }

    /** Records target = precision * (sum over all but channels of some terms + other terms). */
    private void gammaGradient(Terms dot, Terms rest, INDArray target) {
        INDArray products = context.scratch(weight.value().shape());
        INDArray others = context.scratch(precision.shape());
        dot.sumInto(products);
        rest.sumInto(others);
        Ops.sumRows(context, Ops.rows(products), target);
        Ops.add(tape, target, others, target);
        Ops.multiply(tape, target, precision, target);
    }

    /** s. */
    private INDArray scale() {
        return context.keep("scale", precision.shape());
    }

    /** R s. */
    private INDArray scaleTangent() {
        return context.keep("scale tangent", precision.shape());
    }

    /** c. */
    private INDArray centred() {
        return context.keep("centred bias", precision.shape());
    }

    /** A sum of products, element by element; a second factor that is a vector multiplies rows. */
    private final class Terms {

        private final List<INDArray[]> products = new ArrayList<>();

        Terms add(INDArray x, INDArray y) {
            products.add(new INDArray[] {x, y});
            return this;
        }

        void sumInto(INDArray target) {
            INDArray sum = null;
            for (INDArray[] factors : products) {
                INDArray product = sum == null ? target : context.scratch(target.shape());
                Ops.multiply(tape, factors[0], factors[1], product);
                if (sum != null) {
                    Ops.add(tape, sum, product, sum);
                }
                sum = target;
            }
        }
    }

    /** Folded coefficients, in memory of this context. */
    private final class Folded implements Weights {

        private final String name;
        private final long[] shape;
        private final boolean trainable;

        Folded(String name, long[] shape, boolean trainable) {
            this.name = name;
            this.shape = shape;
            this.trainable = trainable;
        }

        @Override
        public INDArray value() {
            return context.keep(name, shape);
        }

        @Override
        public boolean trainable() {
            return trainable;
        }

        @Override
        public INDArray gradient() {
            return context.keep(name + " gradient", shape);
        }

        @Override
        public INDArray tangent() {
            return context.keep(name + " tangent", shape);
        }

        @Override
        public INDArray gradientTangent() {
            return context.keep(name + " gradient tangent", shape);
        }
    }
}
