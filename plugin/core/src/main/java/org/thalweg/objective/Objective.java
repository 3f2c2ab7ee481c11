package org.thalweg.objective;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;

/**
 * The function under study: mean loss over a probe as a function of the trainable parameters, with its first and second
 * derivatives. Everything else (surfaces, curvature, the listener) depends only on this interface, so a network, a
 * user's own loss and a quadratic in a test are treated alike.
 *
 * <p>Parameters, gradients and directions are vectors of shape {@code [P]} in the <em>packed</em> order of
 * {@link #layout()}: a permutation of the network's own order, so dot products, norms and eigenvalues equal the
 * network's. {@link ParameterBlock#of(INDArray)} shows a block of such a vector in the network's own shape.
 *
 * <p>An objective is confined to one thread at a time. The results of {@link #withProbe} and {@link #withConstants}
 * share buffers with this objective and are confined together with it.
 *
 * @since 0.2.0
 */
public interface Objective extends AutoCloseable {

    /**
     * Start of the reason for values that are absent because differences of the loss do not agree with the gradient; a
     * colon and the place of the disagreement follow.
     */
    String NOT_THE_GRADIENT = "not the loss's gradient";

    /** The kind of objective, for provenance: {@code compiled}, {@code network}, or a user's own name. */
    String name();

    /** The method by which {@link #hessianAt} forms its products. */
    HessianMethod hessianMethod();

    /** The places of the network's named arrays in the packed vector. */
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
     * Number of predictions in {@link ObjectiveValue#accuracy}, without masked ones. Accuracies on parts of a probe are
     * averaged with these weights.
     *
     * @return the number, 0 for a regression; empty if this objective does not know
     */
    default OptionalDouble predictions() {
        return OptionalDouble.empty();
    }

    /**
     * Whether the loss is a mean of terms that depend on one example each; false if examples of a batch share
     * statistics, or if random draws depend on the position of an example.
     *
     * @since 0.2.0
     */
    default boolean hasIndependentExamples() {
        return true;
    }

    /**
     * The gradient of the loss at {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return a new vector, packed, {@code [P]}
     * @throws UnsupportedOperationException if no gradient can be trusted; the message is the reason
     */
    INDArray gradient(INDArray theta);

    /**
     * The Hessian of the loss at {@code theta}. It keeps the values that depend on {@code theta} alone.
     *
     * @param theta parameters, packed, {@code [P]}; copied or consumed before this returns
     * @return the operator; close it to free its memory. At most one is open for an objective at a time.
     */
    LinearOperator hessianAt(INDArray theta);

    /**
     * The generalized Gauss-Newton matrix of the loss at {@code theta}, J^T H_L J, where J is the derivative of the
     * outputs that the loss compares with the labels and H_L the loss's Hessian with respect to these outputs: positive
     * semidefinite for a convex loss, and equal to the Hessian without the curvature of the outputs themselves (N.
     * Schraudolph, "Fast curvature matrix-vector products for second-order gradient descent", 2002).
     *
     * @param theta parameters, packed, {@code [P]}; copied or consumed before this returns
     * @return the operator, with the same rules as {@link #hessianAt}'s; empty if this objective has none
     */
    default Optional<LinearOperator> gaussNewtonAt(INDArray theta) {
        return Optional.empty();
    }

    /**
     * The objective restricted to a line, a plane or any other family of points around {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; copied before this returns
     * @param parameterization maps the coordinates of a point to parameters
     * @return the slice; close it to free its buffers. At most one is open for an objective at a time.
     */
    default Slice slice(INDArray theta, Parameterization parameterization) {
        return new EvaluatedSlice(this, theta, parameterization);
    }

    /**
     * The same objective on another probe, for example for validation; it shares program, packing and weights.
     *
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     */
    Objective withProbe(Probe probe);

    /**
     * The same objective on a new mini-batch of the same shape, in this objective's buffers where possible. Use the
     * returned objective, which may or may not be this one, changed. Slices and Hessians opened before must not be used
     * afterwards.
     *
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     * @since 0.2.0
     */
    default Objective withMiniBatch(Probe probe) {
        return withProbe(probe);
    }

    /**
     * The same objective on parts of a probe, in one pass where possible; otherwise each part is a separate probe, with
     * its own batch statistics where they are part of the function.
     *
     * @param probe the whole
     * @param parts parts of it; they may overlap, and need not cover the whole
     * @return the parts; close them to free their buffers
     * @throws IllegalArgumentException if the probe does not fit the network's inputs and outputs
     * @since 0.2.0
     */
    default ObjectiveParts parts(Probe probe, List<ProbePart> parts) {
        return new SeparateParts(this, probe, parts);
    }

    /**
     * The same objective with the values that are not trained (BatchNorm running statistics, frozen layers) taken from
     * a snapshot. Use the returned objective, which may or may not be this one, changed. The snapshot's array must
     * outlive it.
     *
     * @throws IllegalArgumentException if the snapshot is of another network
     */
    Objective withConstants(ParameterSnapshot snapshot);

    /**
     * The network at {@code theta} with BatchNorm's means and variances estimated again: those of each batch of this probe,
     * averaged over the batches with their numbers of examples as weights. Training's running averages belong to the
     * parameters that training went through, and to no others (T. Garipov et al., "Loss Surfaces, Mode Connectivity, and
     * Fast Ensembling of DNNs", NeurIPS 2018).
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return theta and the statistics, other constants being this objective's, for {@link #withConstants}; empty if this
     *     objective does not use its batches' statistics, or does not know them
     * @since 0.2.0
     */
    default Optional<ParameterSnapshot> estimatedStatistics(INDArray theta) {
        return Optional.empty();
    }

    /**
     * Where this objective computes, and how it recovers from a failure.
     *
     * @since 0.2.0
     */
    default Placement placement() {
        return Placement.BACKEND;
    }

    /**
     * The same function within another limit of memory: in smaller batches, or with activations computed again for each
     * product. By default this objective itself, which knows of no limit.
     *
     * @param bytes limit for activations and what is kept for products
     */
    default Objective withMemoryBudget(long bytes) {
        return this;
    }

    /** The memory of a slice and of products with a Hessian, where it is known beforehand. */
    default Optional<MemoryUse> memoryUse() {
        return Optional.empty();
    }

    /** The memory of a slice in bytes, where it is known beforehand; computed faster than {@link #memoryUse}. */
    default OptionalLong valueBytes() {
        return OptionalLong.empty();
    }

    /**
     * The same function in double precision, whatever precision this objective has: a reference for its numbers.
     *
     * @return an objective that shares only the probe with this one and has the same packing; empty if there is none
     */
    default Optional<Objective> inDouble() {
        return Optional.empty();
    }

    /** Frees buffers; the objective must not be used afterwards. Never throws. */
    @Override
    default void close() {}
}
