package org.thalweg.objective.compiled.kernel;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

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

    /** Up to so many elements a window, the probe's unrolled windows are about as large as what comes out. */
    private static final long SMALL_WINDOW = 32;

    @Override
    public void apply(Site site, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output) {
        INDArray spread = spread(site, weight);
        if (site.constant(0) && spread.length() / spread.size(3) <= SMALL_WINDOW) {
            // oneDNN's convolution of one to three channels takes twice the time of the product.
            Ops.product(site.tape(), patches(site), false, Ops.rows(spread), false, Ops.rows(output));
            if (bias != null) {
                Ops.addToRows(site.tape(), output, bias);
            }
            return;
        }
        site.tape()
                .op("conv2d")
                .of(bias == null ? new INDArray[] {input, spread} : new INDArray[] {input, spread, bias})
                .integers(arguments(window))
                .into(output);
    }

    @Override
    public void backward(Site site) {
        sumBias(site, site.outputDelta(), Weights::gradient);
        Weights weight = site.weights(WEIGHT);
        transposed(
                site,
                site.input(0),
                weight.value(),
                site.outputDelta(),
                site.active(0) ? site.inputDelta(0) : null,
                weight.trainable() ? weight.gradient() : null,
                false);
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
        INDArray deltaTangent = site.outputDeltaTangent();
        sumBias(site, deltaTangent, Weights::gradientTangent);
        Weights weight = site.weights(WEIGHT);
        INDArray inputDelta = site.active(0) ? site.inputDeltaTangent(0) : null;
        INDArray gradient = weight.trainable() ? weight.gradientTangent() : null;
        transposed(site, site.input(0), weight.value(), deltaTangent, inputDelta, gradient, false);
        if (weight.trainable() && site.active(0)) {
            transposed(site, site.inputTangent(0), weight.tangent(), site.outputDelta(), inputDelta, gradient, true);
        }
    }

    /** Records the gradients of {@code <delta, x * W>} that are wanted. */
    private void transposed(
            Site site,
            INDArray x,
            INDArray weight,
            INDArray delta,
            @Nullable INDArray inputDelta,
            @Nullable INDArray gradient,
            boolean add) {
        if (site.constant(0)) {
            probeGradient(site, delta, gradient);
        } else if (window.dilated()) {
            transposedDilated(site, x, weight, delta, inputDelta, gradient, add);
        } else if (inputDelta != null || gradient != null) {
            ConvolutionAdjoint.of(window).record(site, x, weight, delta, inputDelta, gradient, add);
        }
    }

    /** The gradient of the weights on the probe itself, which is the same in every run. */
    private void probeGradient(Site site, INDArray delta, @Nullable INDArray gradient) {
        if (gradient == null) {
            return;
        }
        INDArray target = window.dilated() ? site.scratch(window.spreadShape(gradient.shape())) : gradient;
        Ops.product(site.tape(), patches(site), true, Ops.rows(delta), false, Ops.rows(target));
        if (window.dilated()) {
            INDArray taps = taps(target);
            site.tape().add(() -> gradient.assign(taps));
        }
    }

    /** As {@link #transposed}, with the kernel written out. */
    private void transposedDilated(
            Site site,
            INDArray x,
            INDArray weight,
            INDArray delta,
            @Nullable INDArray inputDelta,
            @Nullable INDArray gradient,
            boolean add) {
        ConvolutionAdjoint adjoint = ConvolutionAdjoint.of(window.spread());
        if (inputDelta != null) {
            adjoint.record(site, x, spread(site, weight), delta, inputDelta, null, add);
        }
        if (gradient != null) {
            INDArray spread = site.scratch(window.spreadShape(weight.shape()));
            INDArray taps = taps(spread);
            adjoint.record(site, x, spread(site, weight), delta, null, spread, false);
            site.tape().add(() -> {
                if (add) {
                    gradient.addi(taps);
                } else {
                    gradient.assign(taps);
                }
            });
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
                PATCHES,
                () -> Patches.of(site.input(0), window.spread(), site.output().shape()));
    }

    /** The arguments of ND4J's convolutions. */
    static long[] arguments(Window window) {
        return window.spread().arguments(CHANNELS_LAST, HEIGHT_WIDTH_IN_OUT);
    }
}
