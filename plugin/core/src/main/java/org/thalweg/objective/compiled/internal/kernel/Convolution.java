package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

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
    public void apply(
            KernelContext context, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output) {
        INDArray spread = spread(context, weight);
        if (context.constant(0) && spread.length() / spread.size(3) <= SMALL_WINDOW) {
            applyToProbe(context, spread, bias, output);
            return;
        }
        context.tape()
                .op("conv2d")
                .of(bias == null ? new INDArray[] {input, spread} : new INDArray[] {input, spread, bias})
                .integers(arguments(window))
                .into(output);
    }

    /** oneDNN's convolution of one to three channels takes twice the time of the product with the probe's windows. */
    private void applyToProbe(KernelContext context, INDArray weight, @Nullable INDArray bias, INDArray output) {
        INDArray coefficients = context.scratch(patches(context).size(1), weight.size(3));
        Ops.copy(context.tape(), Ops.rows(weight), allButLastRow(coefficients));
        Ops.copy(context.tape(), bias == null ? context.zeros(weight.size(3)) : bias, lastRow(coefficients));
        Ops.product(context.tape(), patches(context), false, coefficients, false, Ops.rows(output));
    }

    @Override
    public void transposed(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients) {
        if (context.constant(0)) {
            probeGradients(context, pairing.delta(), gradients);
            return;
        }
        if (gradients.bias() != null) {
            Ops.sumRows(context, Ops.rows(pairing.delta()), gradients.bias());
        }
        if (window.dilated()) {
            transposedDilated(context, pairing, gradients);
        } else {
            ConvolutionAdjoint.of(window).record(context, pairing, gradients);
        }
    }

    /** The gradients of weights and bias on the probe itself, which is the same in every run. */
    private void probeGradients(KernelContext context, INDArray delta, AdjointOutputs gradients) {
        INDArray weight = gradients.weight();
        INDArray bias = gradients.bias();
        if (weight == null && bias == null) {
            return;
        }
        Tape tape = context.tape();
        INDArray both = context.scratch(patches(context).size(1), delta.size(3));
        Ops.product(tape, patches(context), true, Ops.rows(delta), false, both);
        if (bias != null) {
            Ops.copy(tape, lastRow(both), bias);
        }
        if (weight == null) {
            return;
        }
        if (window.dilated()) {
            Ops.copy(tape, taps(allButLastRow(both).reshape(window.spreadShape(weight.shape()))), weight);
        } else {
            Ops.copy(tape, allButLastRow(both), Ops.rows(weight));
        }
    }

    /** As {@link #transposed}, with the kernel written out. */
    private void transposedDilated(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients) {
        ConvolutionAdjoint adjoint = ConvolutionAdjoint.of(window.spread());
        AdjointInputs spread = pairing.withWeight(spread(context, pairing.weight()));
        adjoint.record(context, spread, gradients.ofInput());
        INDArray gradient = gradients.weight();
        if (gradient != null) {
            INDArray written = context.scratch(window.spreadShape(gradient.shape()));
            adjoint.record(context, spread, AdjointOutputs.ofWeight(written));
            if (gradients.add()) {
                Ops.add(context.tape(), gradient, taps(written), gradient);
            } else {
                Ops.copy(context.tape(), taps(written), gradient);
            }
        }
    }

    /**
     * A dilated kernel written out, zeros between its taps: ND4J's oneDNN convolution in single precision refuses a
     * dilation.
     */
    private INDArray spread(KernelContext context, INDArray weight) {
        if (!window.dilated()) {
            return weight;
        }
        INDArray spread = context.scratch(window.spreadShape(weight.shape()));
        Ops.copy(context.tape(), context.zeros(spread.shape()), spread);
        Ops.copy(context.tape(), weight, taps(spread));
        return spread;
    }

    private INDArray taps(INDArray spread) {
        return spread.get(
                NDArrayIndex.interval(0, window.dilationY(), spread.size(0)),
                NDArrayIndex.interval(0, window.dilationX(), spread.size(1)),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }

    /** The windows of the probe's images, one a row, and a one for the bias: with them the map is a matrix product. */
    private INDArray patches(KernelContext context) {
        return context.permanent(PATCHES, () -> {
            INDArray images = context.input(0).dup('c');
            Im2Col patches = Im2Col.of(window.spread(), images, context.output());
            INDArray windows = Nd4j.createUninitialized(images.dataType(), patches.shape());
            patches.unroll(images, windows);
            return Nd4j.concat(1, windows, Nd4j.ones(images.dataType(), windows.size(0), 1));
        });
    }

    private static INDArray allButLastRow(INDArray matrix) {
        return matrix.get(NDArrayIndex.interval(0, matrix.size(0) - 1), NDArrayIndex.all());
    }

    private static INDArray lastRow(INDArray matrix) {
        return matrix.get(NDArrayIndex.point(matrix.size(0) - 1), NDArrayIndex.all());
    }

    /** The arguments of ND4J's convolutions. */
    public static long[] arguments(Window window) {
        return window.spread().arguments(CHANNELS_LAST, HEIGHT_WIDTH_IN_OUT);
    }
}
