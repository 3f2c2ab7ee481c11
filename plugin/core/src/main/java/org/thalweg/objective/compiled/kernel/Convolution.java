package org.thalweg.objective.compiled.kernel;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.op.Tape;

/**
 * y = x * W + b: cross-correlation of x {@code [n, height, width, in]} with W {@code [height, width, in, out]}, and b
 * {@code [out]} or none.
 *
 * @param window the windows that W is laid on
 */
public record Convolution(Window window) implements AffineKernel {

    private static final String PATCHES = "patches";
    private static final int CHANNELS_LAST = 1;
    private static final int HEIGHT_WIDTH_IN_OUT = 0;

    @Override
    public void apply(Site site, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output) {
        INDArray spread = spread(site, weight);
        site.tape()
                .op("conv2d")
                .of(bias == null ? new INDArray[] {input, spread} : new INDArray[] {input, spread, bias})
                .integers(arguments())
                .into(output);
    }

    @Override
    public void backward(Site site) {
        Weights weight = site.weights(WEIGHT);
        INDArray delta = site.outputDelta();
        sumBias(site, delta, Weights::gradient);
        if (site.constant(0)) {
            if (weight.trainable()) {
                Ops.product(site.tape(), patches(site), true, Ops.rows(delta), false, Ops.rows(weight.gradient()));
            }
            return;
        }
        INDArray inputDelta =
                site.active(0) ? site.inputDelta(0) : site.scratch(site.input(0).shape());
        INDArray gradient = weight.trainable()
                ? weight.gradient()
                : site.scratch(weight.value().shape());
        transposed(site, site.input(0), weight.value(), delta, inputDelta, gradient);
    }

    @Override
    public void tangentForward(Site site) {
        Weights weight = site.weights(WEIGHT);
        INDArray bias = site.has(BIAS) && site.weights(BIAS).trainable()
                ? site.weights(BIAS).tangent()
                : null;
        INDArray output = site.outputTangent();
        if (!weight.trainable()) {
            apply(site, site.inputTangent(0), weight.value(), bias, output);
            return;
        }
        apply(site, site.input(0), weight.tangent(), bias, output);
        if (site.active(0)) {
            INDArray moved = site.scratch(output.shape());
            apply(site, site.inputTangent(0), weight.value(), null, moved);
            Ops.add(site.tape(), output, moved, output);
        }
    }

    @Override
    public void tangentBackward(Site site) {
        Weights weight = site.weights(WEIGHT);
        Tape tape = site.tape();
        INDArray deltaTangent = site.outputDeltaTangent();
        sumBias(site, deltaTangent, Weights::gradientTangent);
        if (site.constant(0)) {
            if (weight.trainable()) {
                Ops.product(
                        tape, patches(site), true, Ops.rows(deltaTangent), false, Ops.rows(weight.gradientTangent()));
            }
            return;
        }
        INDArray x = site.input(0);
        INDArray gradient = weight.trainable()
                ? weight.gradientTangent()
                : site.scratch(weight.value().shape());
        if (!site.active(0)) {
            transposed(site, x, weight.value(), deltaTangent, site.scratch(x.shape()), gradient);
            return;
        }
        transposed(site, x, weight.value(), deltaTangent, site.inputDeltaTangent(0), gradient);
        if (weight.trainable()) {
            addTransposedTangents(site, weight);
        }
    }

    /** The terms with R x and R W at once: the op forms both gradients of one product in any case. */
    private void addTransposedTangents(Site site, Weights weight) {
        Tape tape = site.tape();
        INDArray inputPart = site.scratch(site.input(0).shape());
        INDArray weightPart = site.scratch(weight.value().shape());
        transposed(site, site.inputTangent(0), weight.tangent(), site.outputDelta(), inputPart, weightPart);
        Ops.add(tape, site.inputDeltaTangent(0), inputPart, site.inputDeltaTangent(0));
        Ops.add(tape, weight.gradientTangent(), weightPart, weight.gradientTangent());
    }

    private void transposed(
            Site site, INDArray x, INDArray weight, INDArray delta, INDArray inputDelta, INDArray gradient) {
        boolean dilated = window.dilated();
        INDArray target = dilated ? site.scratch(window.spreadShape(weight.shape())) : gradient;
        site.tape()
                .op("conv2d_bp")
                .of(x, spread(site, weight), delta)
                .integers(arguments())
                .into(inputDelta, target);
        if (dilated) {
            INDArray taps = taps(target);
            site.tape().add(() -> gradient.assign(taps));
        }
    }

    /**
     * A dilated kernel written out, zeros between its taps: ND4J's oneDNN convolution in single precision refuses a
     * dilation.
     */
    private INDArray spread(Site site, INDArray weight) {
        if (!window.dilated()) {
            return weight;
        }
        INDArray spread = site.scratch(window.spreadShape(weight.shape()));
        INDArray taps = taps(spread);
        site.tape().add(() -> {
            spread.assign(0);
            taps.assign(weight);
        });
        return spread;
    }

    private INDArray taps(INDArray spread) {
        return spread.get(
                NDArrayIndex.interval(0, window.dilationY(), spread.size(0)),
                NDArrayIndex.interval(0, window.dilationX(), spread.size(1)),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }

    private static void sumBias(Site site, INDArray delta, Function<Weights, INDArray> target) {
        if (site.has(BIAS) && site.weights(BIAS).trainable()) {
            Ops.sumRows(site, Ops.rows(delta), target.apply(site.weights(BIAS)));
        }
    }

    /** The windows of the probe's images, one a row: with them the gradient of W is a matrix product. */
    private INDArray patches(Site site) {
        return site.permanent(
                PATCHES, () -> Patches.of(site.input(0), window, site.output().shape()));
    }

    private long[] arguments() {
        return window.spread().arguments(CHANNELS_LAST, HEIGHT_WIDTH_IN_OUT);
    }
}
