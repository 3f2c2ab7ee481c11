package org.thalweg.objective;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Hessian of an {@link Objective} at fixed parameters, as a linear operator.
 *
 * <p>Confined to one thread at a time.
 *
 * @since 0.2.0
 */
public interface Hessian extends AutoCloseable {

    /** Number of parameters, P. */
    long dimension();

    /**
     * The type in which products are best formed and summed: {@code DOUBLE} for finite differences whatever the
     * network's type, otherwise the objective's.
     */
    DataType dataType();

    /**
     * Hessian-vector products.
     *
     * @param vectors one vector {@code [P]} or a block of row vectors {@code [k, P]}, packed, of {@link #dataType()};
     *     not modified
     * @return H v, a new array of the same shape
     */
    INDArray multiply(INDArray vectors);

    /**
     * Why products of this operator should not be trusted, if there is a reason: {@code kink} where a finite difference
     * straddles a kink of the loss. Looked at once a frame, before any product is used; may cost a few products.
     */
    default Optional<String> defect() {
        return Optional.empty();
    }

    /** Frees what is kept at the parameters. Never throws. */
    @Override
    default void close() {}
}
