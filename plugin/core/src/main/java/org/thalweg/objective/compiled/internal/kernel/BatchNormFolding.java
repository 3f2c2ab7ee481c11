package org.thalweg.objective.compiled.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.objective.compiled.spi.AffineWeights;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
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
    private final Tensor precision;
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
        Tensor mean = context.weights(RunningBatchNorm.MEAN).value();
        Tensor unfolded =
                own.bias() == null ? context.zeros(mean.shape()) : own.bias().value();
        tape.multiply(gamma.value(), precision, scale());
        tape.subtract(unfolded, mean, centred());
        tape.multiply(byChannel(own.weight().value()), scale(), byChannel(weight.value()));
        tape.multiply(centred(), scale(), bias.value());
        tape.add(bias.value(), beta.value(), bias.value());
    }

    public void unfoldGradients() {
        if (own.weight().trainable()) {
            tape.multiply(
                    byChannel(weight.gradient()),
                    scale(),
                    byChannel(own.weight().gradient()));
        }
        if (own.biasTrainable()) {
            tape.multiply(bias.gradient(), scale(), own.trainableBias().gradient());
        }
        if (gamma.trainable()) {
            tape.copy(bias.gradient(), beta.gradient());
            Terms dot = new Terms().add(own.weight().value(), weight.gradient());
            Terms rest = new Terms().add(centred(), bias.gradient());
            gammaGradient(dot, rest, gamma.gradient());
        }
    }

    public void foldTangents() {
        if (gamma.trainable()) {
            tape.multiply(gamma.tangent(), precision, scaleTangent());
        }
        if (weight.trainable()) {
            Terms terms = new Terms();
            if (own.weight().trainable()) {
                terms.add(byChannel(own.weight().tangent()), scale());
            }
            if (gamma.trainable()) {
                terms.add(byChannel(own.weight().value()), scaleTangent());
            }
            terms.sumInto(byChannel(weight.tangent()));
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
                tape.add(bias.tangent(), beta.tangent(), bias.tangent());
            }
        }
    }

    public void unfoldGradientTangents() {
        if (own.weight().trainable()) {
            Terms terms = new Terms().add(byChannel(weight.gradientTangent()), scale());
            if (gamma.trainable()) {
                terms.add(byChannel(weight.gradient()), scaleTangent());
            }
            terms.sumInto(byChannel(own.weight().gradientTangent()));
        }
        if (own.biasTrainable()) {
            Terms terms = new Terms().add(bias.gradientTangent(), scale());
            if (gamma.trainable()) {
                terms.add(bias.gradient(), scaleTangent());
            }
            terms.sumInto(own.trainableBias().gradientTangent());
        }
        if (gamma.trainable()) {
            tape.copy(bias.gradientTangent(), beta.gradientTangent());
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
    private void gammaGradient(Terms dot, Terms rest, Tensor target) {
        Tensor products = context.scratch(weight.value().shape());
        Tensor others = context.scratch(precision.shape());
        dot.sumInto(products);
        rest.sumInto(others);
        context.sumRows(byChannel(products), target);
        tape.add(target, others, target);
        tape.multiply(target, precision, target);
    }

    /** Weights as a matrix with one column per output channel, whichever axes hold the channels. */
    private Tensor byChannel(Tensor weights) {
        return weights.reshape(weights.length() / precision.length(), precision.length());
    }

    /** s. */
    private Tensor scale() {
        return context.keep("scale", precision.shape());
    }

    /** R s. */
    private Tensor scaleTangent() {
        return context.keep("scale tangent", precision.shape());
    }

    /** c. */
    private Tensor centred() {
        return context.keep("centred bias", precision.shape());
    }

    /** A sum of element-wise products; if the second factor is a vector, it multiplies rows. */
    private final class Terms {

        private final List<Tensor[]> products = new ArrayList<>();

        Terms add(Tensor x, Tensor y) {
            products.add(new Tensor[] {x, y});
            return this;
        }

        void sumInto(Tensor target) {
            Tensor sum = null;
            for (Tensor[] factors : products) {
                Tensor product = sum == null ? target : context.scratch(target.shape());
                tape.multiply(factors[0], factors[1], product);
                if (sum != null) {
                    tape.add(sum, product, sum);
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
        public Tensor value() {
            return context.keep(name, shape);
        }

        @Override
        public boolean trainable() {
            return trainable;
        }

        @Override
        public Tensor gradient() {
            return context.keep(name + " gradient", shape);
        }

        @Override
        public GradientTarget gradientTarget() {
            return new GradientTarget(gradient(), false);
        }

        @Override
        public Tensor tangent() {
            return context.keep(name + " tangent", shape);
        }

        @Override
        public Tensor gradientTangent() {
            return context.keep(name + " gradient tangent", shape);
        }

        @Override
        public GradientTarget gradientTangentTarget() {
            return new GradientTarget(gradientTangent(), false);
        }
    }
}
