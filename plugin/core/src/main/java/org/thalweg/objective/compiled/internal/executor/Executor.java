package org.thalweg.objective.compiled.internal.executor;

import java.util.Collection;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Runs tapes. An executor gives each {@link Buffer} memory when it binds a tape that uses it or copies numbers to it,
 * and implements every op of {@link Op} that it does not {@linkplain #knows deny}. A bound tape gives the same result
 * in every run.
 *
 * <p>Confined to one thread at a time.
 */
public interface Executor extends AutoCloseable {

    /** The ops that not all executors know. */
    Set<Op> OPTIONAL = Set.of(Op.LSTM, Op.LSTM_STEPS, Op.LSTM_TANGENT_STEPS, Op.LSTM_ADJOINT_STEPS);

    /** Whether tapes run in the host's memory. */
    boolean onHost();

    /** Whether it knows an op that not all executors know. */
    default boolean knows(Op op) {
        return !OPTIONAL.contains(op);
    }

    /**
     * Prepares a tape for running; later changes of the tape have no effect.
     *
     * @throws IllegalArgumentException if the tape has an unknown op or routine, naming it
     */
    BoundTape bind(Tape tape);

    /**
     * Makes an array a buffer: without a copy if both can share memory, otherwise as a copy.
     *
     * @param array row-major, of one of the tape's types; must not change while the executor is in use
     * @return the array as a tensor
     */
    Tensor adopt(INDArray array);

    /**
     * Copies an array to a tensor.
     *
     * @param values of the tensor's length, in row-major order whatever its shape; cast if of another type
     */
    void upload(INDArray values, Tensor target);

    /** Copies numbers to a tensor, in row-major order, rounded to its type. */
    void upload(double[] values, Tensor target);

    /** Copies whole numbers to an INT tensor, in row-major order. */
    void upload(int[] values, Tensor target);

    /** Copies a tensor to an array of its length, in row-major order whatever their shapes. */
    void download(Tensor source, INDArray target);

    /** The values of a tensor, row-major. */
    double[] download(Tensor source);

    /** Copies a tensor to another one of its shape. */
    void copy(Tensor from, Tensor to);

    /** Frees the memory of buffers; none of them is used afterwards. Never throws. */
    void free(Collection<Buffer> buffers);

    /** Frees the memory of all buffers. Never throws. */
    @Override
    void close();

    /** A tape on an executor's memory. */
    interface BoundTape extends AutoCloseable {

        /** Runs all ops in order. Results are complete when it returns, or when something is downloaded. */
        void run();

        /** Frees what the ops hold, not the buffers. Never throws. */
        @Override
        void close();
    }
}
