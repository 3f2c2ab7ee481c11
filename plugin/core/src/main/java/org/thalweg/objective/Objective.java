package org.thalweg.objective;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;

/**
 * The function under study: mean loss over a probe as a function of the trainable parameters, with its first and
 * second derivatives. Everything else (surfaces, curvature, the listener) depends on this interface alone, so a
 * network, a loss of the user's own and a quadratic in a test are the same thing.
 *
 * <p>Parameters, gradients and directions are vectors of shape {@code [P]} in the <em>packed</em> order of
 * {@link #layout()}: a permutation of the network's own order, so dot products, norms and eigenvalues are those of the
 * network. {@link ParameterBlock#of(INDArray)} shows a block of such a vector in the network's own shape.
 *
 * <p>An objective is confined to one thread at a time. {@link #withProbe} and {@link #withConstants} share buffers
 * with the objective they come from and are confined together with it.
 *
 * @since 0.2.0
 */
public interface Objective extends AutoCloseable {

    /**
     * First words of the reason for what is absent because differences of the loss do not agree with the gradient; a colon and
     * where they part follow.
     */
    String NOT_THE_GRADIENT = "not the loss's gradient";

    /** What kind of objective this is, for provenance: {@code compiled}, {@code network}, or a user's own name. */
    String name();

    /** How {@link #hessianAt} forms its products. */
    HessianMethod hessianMethod();

    /** Where the network's named arrays lie in the packed vector. */
    ParameterLayout layout();

    /** The type in which this objective computes; vectors given to it have this type. */
    DataType dataType();

    /**
     * Loss and accuracy at {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return the value; not finite where the loss is not
     */
    ObjectiveValue evaluate(INDArray theta);

    /**
     * How many predictions {@link ObjectiveValue#accuracy} is a share of: masked ones do not count. Accuracies on parts of
     * a probe are averaged with these weights.
     *
     * @return the number, 0 for a regression; empty if this objective does not know
     */
    default OptionalDouble predictions() {
        return OptionalDouble.empty();
    }

    /**
     * The gradient of the loss at {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return a new vector, packed, {@code [P]}
     * @throws UnsupportedOperationException if there is none to be believed; the message is the reason
     */
    INDArray gradient(INDArray theta);

    /**
     * The Hessian of the loss at {@code theta}, keeping what depends on {@code theta} alone.
     *
     * @param theta parameters, packed, {@code [P]}; copied or consumed before this returns
     * @return the operator; close it to free what it keeps. At most one is open for an objective at a time.
     */
    LinearOperator hessianAt(INDArray theta);

    /**
     * The generalized Gauss-Newton matrix of the loss at {@code theta}, J^T H_L J with J the derivative of what the loss
     * compares with the labels and H_L the loss's Hessian in that: positive semidefinite for a convex loss, and the Hessian
     * without the curvature of the outputs themselves (N. Schraudolph, "Fast curvature matrix-vector products for
     * second-order gradient descent", 2002).
     *
     * @param theta parameters, packed, {@code [P]}; copied or consumed before this returns
     * @return the operator, to be treated as {@link #hessianAt}'s; empty if this objective does not know it
     */
    default Optional<LinearOperator> gaussNewtonAt(INDArray theta) {
        return Optional.empty();
    }

    /**
     * The objective restricted to a line, a plane or any other family of points around {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; copied before this returns
     * @param parameterization what the coordinates of a point mean
     * @return the slice; close it to free its buffers. At most one is open for an objective at a time.
     */
    default Slice slice(INDArray theta, Parameterization parameterization) {
        return new EvaluatedSlice(this, theta, parameterization);
    }

    /**
     * The same objective on another probe, for validation say: program, packing and weights are shared.
     *
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     */
    Objective withProbe(Probe probe);

    /**
     * The same objective on a new mini-batch of the same shape, in the buffers of this one where that is possible. Use what
     * is returned: it may or may not be this one, changed; slices and Hessians opened before are not used afterwards.
     *
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     * @since 0.2.0
     */
    default Objective withMiniBatch(Probe probe) {
        return withProbe(probe);
    }

    /**
     * The same objective on parts of a probe, in one pass where that is possible; otherwise each part is a probe of its
     * own, with batch statistics of its own where they are part of the function.
     *
     * @param probe the whole
     * @param parts of it; they may overlap, and need not make up the whole
     * @return the parts; close them to free their buffers
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     * @since 0.2.0
     */
    default ObjectiveParts parts(Probe probe, List<ProbePart> parts) {
        return new SeparateParts(this, probe, parts);
    }

    /**
     * The same objective with what is not trained (BatchNorm running statistics, frozen layers) taken from a snapshot.
     * Use what is returned: it may or may not be this one, changed. The snapshot's array must outlive it.
     *
     * @throws IllegalArgumentException if the snapshot is of another network
     */
    Objective withConstants(ParameterSnapshot snapshot);

    /** What a slice and the products with a Hessian take, where that is known beforehand. */
    default Optional<MemoryUse> memoryUse() {
        return Optional.empty();
    }

    /** What a slice alone takes, in bytes, where that is known beforehand; quicker to learn than {@link #memoryUse}. */
    default OptionalLong valueBytes() {
        return OptionalLong.empty();
    }

    /**
     * The same function computed in double precision, whatever precision this one has: a reference for its numbers.
     *
     * @return an objective that shares nothing with this one but the probe, with the same packing; empty if there is none
     */
    default Optional<Objective> inDouble() {
        return Optional.empty();
    }

    /** Frees buffers; the objective is not used afterwards. Never throws. */
    @Override
    default void close() {}
}
