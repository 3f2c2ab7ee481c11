package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * y = x - log sum exp(x) over the last axis; finite for any distance between the x. With p = exp(y) and s = sum dy: dx
 * = dy - p s; R y = R x - &lt;p, R x&gt;; R dx = R dy - p (sum R dy + s R y).
 */
public final class LogSoftmax implements Kernel {

    private static final String PROBABILITIES = "probabilities";
    private static final String SUM = "sum";

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor x = context.input(0).rows();
        Tensor y = context.output().rows();
        long rows = x.size(0);
        long size = x.size(1);
        Tensor largest = context.scratch(rows, 1, 1, 1);
        // Treats rows as images of one column, under a window of their height.
        tape.maxPool(x.reshape(rows, size, 1, 1), largest, size, 1, 1, 1, 0, 0, 1, 1, 0);
        tape.subtract(x, largest.reshape(rows, 1), y);
        Tensor powers = context.scratch(y.shape());
        Tensor sum = context.scratch(rows, 1);
        tape.function(UnaryFunction.EXP, y, powers);
        sumOfRows(context, powers, sum);
        tape.function(UnaryFunction.LOG, sum, sum);
        tape.subtract(y, sum, y);
    }

    @Override
    public void backward(KernelContext context) {
        Tensor delta = context.outputDelta().rows();
        Tensor p = probabilities(context);
        Tensor sum = context.keep(SUM, delta.size(0), 1);
        context.tape().function(UnaryFunction.EXP, context.output().rows(), p);
        sumOfRows(context, delta, sum);
        subtractFrom(context, delta, p, sum, context.inputDelta(0).rows());
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tensor xTangent = context.inputTangent(0).rows();
        Tensor product = context.scratch(xTangent.shape());
        Tensor mean = context.scratch(xTangent.size(0), 1);
        context.tape().multiply(probabilities(context), xTangent, product);
        sumOfRows(context, product, mean);
        context.tape().subtract(xTangent, mean, context.outputTangent().rows());
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Tensor sum = context.scratch(deltaTangent.size(0), 1);
        Tensor weight = context.scratch(deltaTangent.shape());
        sumOfRows(context, deltaTangent, sum);
        tape.multiply(context.outputTangent().rows(), context.keep(SUM, sum.shape()), weight);
        tape.add(weight, sum, weight);
        subtractFrom(
                context,
                deltaTangent,
                probabilities(context),
                weight,
                context.inputDeltaTangent(0).rows());
    }

    private static Tensor probabilities(KernelContext context) {
        return context.keep(PROBABILITIES, context.output().rows().shape());
    }

    private static void sumOfRows(KernelContext context, Tensor rows, Tensor sum) {
        context.tape().matmul(rows, false, context.ones(rows.size(1)), true, sum);
    }

    /** result = x - p weight. */
    private static void subtractFrom(KernelContext context, Tensor x, Tensor p, Tensor weight, Tensor result) {
        Tensor product = context.scratch(p.shape());
        context.tape().multiply(p, weight, product);
        context.tape().subtract(x, product, result);
    }
}
