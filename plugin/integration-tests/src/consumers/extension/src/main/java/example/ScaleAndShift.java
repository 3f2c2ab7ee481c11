package example;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/** A kernel: y = x w + b, element by element, with its gradient and the derivatives of both along a direction. */
final class ScaleAndShift implements Kernel {

    static final String FACTORS = "w";
    static final String BIAS = "b";

    @Override
    public void forward(KernelContext context) {
        context.tape().multiply(context.input(0), row(context.weights(FACTORS).value()), context.output());
        context.tape().addToRows(row(context.weights(BIAS).value()), context.output());
    }

    @Override
    public void backward(KernelContext context) {
        Tensor delta = context.outputDelta();
        Weights factors = context.weights(FACTORS);
        Weights bias = context.weights(BIAS);
        if (factors.trainable()) {
            sumOfProducts(context, context.input(0), delta, factors.gradient());
        }
        if (bias.trainable()) {
            context.sumRows(delta, row(bias.gradient()));
        }
        if (context.active(0)) {
            context.tape().multiply(delta, row(factors.value()), context.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Weights factors = context.weights(FACTORS);
        Weights bias = context.weights(BIAS);
        Tensor tangent = context.outputTangent();
        tape.multiply(context.inputTangent(0), row(factors.value()), tangent);
        if (factors.trainable()) {
            Tensor part = context.scratch(tangent.shape());
            tape.multiply(context.input(0), row(factors.tangent()), part);
            tape.add(tangent, part, tangent);
        }
        if (bias.trainable()) {
            tape.addToRows(row(bias.tangent()), tangent);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Weights factors = context.weights(FACTORS);
        Weights bias = context.weights(BIAS);
        Tensor delta = context.outputDelta();
        Tensor deltaTangent = context.outputDeltaTangent();
        Tensor part = context.scratch(delta.shape());
        if (factors.trainable()) {
            Tensor product = context.scratch(delta.shape());
            tape.multiply(context.input(0), deltaTangent, product);
            tape.multiply(context.inputTangent(0), delta, part);
            tape.add(product, part, product);
            context.sumRows(product, row(factors.gradientTangent()));
        }
        if (bias.trainable()) {
            context.sumRows(deltaTangent, row(bias.gradientTangent()));
        }
        if (context.active(0)) {
            Tensor result = context.inputDeltaTangent(0);
            tape.multiply(deltaTangent, row(factors.value()), result);
            if (factors.trainable()) {
                tape.multiply(delta, row(factors.tangent()), part);
                tape.add(result, part, result);
            }
        }
    }

    private static void sumOfProducts(KernelContext context, Tensor x, Tensor delta, Tensor sum) {
        Tensor product = context.scratch(x.shape());
        context.tape().multiply(x, delta, product);
        context.sumRows(product, row(sum));
    }

    private static Tensor row(Tensor weights) {
        return weights.reshape(weights.length());
    }
}
