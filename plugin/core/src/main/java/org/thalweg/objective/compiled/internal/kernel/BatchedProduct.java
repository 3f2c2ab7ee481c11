package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * z = x y or z = x y^T for stacks of equally many matrices, {@code [..., m, k]} and {@code [..., k, p]} or
 * {@code [..., p, k]}.
 *
 * @param transposed whether y is transposed
 */
public record BatchedProduct(boolean transposed) implements Kernel {

    @Override
    public void forward(KernelContext context) {
        product(context.tape(), context.input(0), context.input(1), context.output(), false);
    }

    @Override
    public void backward(KernelContext context) {
        Tensor delta = context.outputDelta();
        if (context.active(0)) {
            adjointOfFirst(context.tape(), delta, context.input(1), context.inputDelta(0), false);
        }
        if (context.active(1)) {
            adjointOfSecond(context.tape(), delta, context.input(0), context.inputDelta(1), false);
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        product(tape, context.inputTangent(0), context.input(1), context.outputTangent(), false);
        product(tape, context.input(0), context.inputTangent(1), context.outputTangent(), true);
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta();
        Tensor deltaTangent = context.outputDeltaTangent();
        if (context.active(0)) {
            Tensor result = context.inputDeltaTangent(0);
            adjointOfFirst(tape, deltaTangent, context.input(1), result, false);
            adjointOfFirst(tape, delta, context.inputTangent(1), result, true);
        }
        if (context.active(1)) {
            Tensor result = context.inputDeltaTangent(1);
            adjointOfSecond(tape, deltaTangent, context.input(0), result, false);
            adjointOfSecond(tape, delta, context.inputTangent(0), result, true);
        }
    }

    private void product(Tape tape, Tensor x, Tensor y, Tensor z, boolean add) {
        tape.matmul(x, false, y, transposed, z, add);
    }

    /** dx = d y^T. */
    private void adjointOfFirst(Tape tape, Tensor delta, Tensor y, Tensor result, boolean add) {
        tape.matmul(delta, false, y, !transposed, result, add);
    }

    /** dy = x^T d, or its transpose. */
    private void adjointOfSecond(Tape tape, Tensor delta, Tensor x, Tensor result, boolean add) {
        if (transposed) {
            tape.matmul(delta, true, x, false, result, add);
        } else {
            tape.matmul(x, true, delta, false, result, add);
        }
    }
}
