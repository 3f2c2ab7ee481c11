package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/** y = x f + s, with a factor f {@code [c]} and, if the step has one, a summand s {@code [c]} for each channel. */
public final class ChannelScaling implements Kernel {

    public static final String FACTOR = "factor";
    public static final String SUMMAND = "summand";

    @Override
    public void forward(KernelContext context) {
        Tensor output = context.output().rows();
        context.tape()
                .multiply(context.input(0).rows(), row(context.weights(FACTOR).value()), output);
        if (context.has(SUMMAND)) {
            context.tape().add(output, row(context.weights(SUMMAND).value()), output);
        }
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta().rows();
        Weights factor = context.weights(FACTOR);
        if (factor.trainable()) {
            Tensor product = context.scratch(delta.shape());
            tape.multiply(delta, context.input(0).rows(), product);
            context.sumRows(product, factor.gradient());
        }
        if (summandTrainable(context)) {
            context.sumRows(delta, context.weights(SUMMAND).gradient());
        }
        if (context.active(0)) {
            tape.multiply(delta, row(factor.value()), context.inputDelta(0).rows());
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Weights factor = context.weights(FACTOR);
        Tensor tangent = context.outputTangent().rows();
        tape.multiply(context.inputTangent(0).rows(), row(factor.value()), tangent);
        if (factor.trainable()) {
            Tensor product = context.scratch(tangent.shape());
            tape.multiply(context.input(0).rows(), row(factor.tangent()), product);
            tape.add(tangent, product, tangent);
        }
        if (summandTrainable(context)) {
            tape.add(tangent, row(context.weights(SUMMAND).tangent()), tangent);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta().rows();
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Weights factor = context.weights(FACTOR);
        Tensor product = context.scratch(delta.shape());
        if (factor.trainable()) {
            Tensor sum = context.scratch(delta.shape());
            tape.multiply(deltaTangent, context.input(0).rows(), sum);
            tape.multiply(delta, context.inputTangent(0).rows(), product);
            tape.add(sum, product, sum);
            context.sumRows(sum, factor.gradientTangent());
        }
        if (summandTrainable(context)) {
            context.sumRows(deltaTangent, context.weights(SUMMAND).gradientTangent());
        }
        if (context.active(0)) {
            Tensor result = context.inputDeltaTangent(0).rows();
            tape.multiply(deltaTangent, row(factor.value()), result);
            if (factor.trainable()) {
                tape.multiply(delta, row(factor.tangent()), product);
                tape.add(result, product, result);
            }
        }
    }

    private static boolean summandTrainable(KernelContext context) {
        return context.has(SUMMAND) && context.weights(SUMMAND).trainable();
    }

    /** A vector, or a column of a matrix, as one. */
    private static Tensor row(Tensor vector) {
        return vector.reshape(vector.length());
    }
}
