package org.thalweg.objective;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/**
 * An {@link Objective} on named parts of a probe, all in one pass: the loss of each part is the mean over its own
 * examples. Where the parts make up the probe, their mean, weighted with the numbers of examples, is the objective on
 * the probe. Each part includes the penalty.
 *
 * <p>Confined to one thread at a time, together with the objective.
 *
 * @since 0.2.0
 */
public interface ObjectiveParts extends AutoCloseable {

    /** The parts, in the order of all results. */
    List<ProbePart> parts();

    /** Loss and accuracy of each part at {@code theta}, packed {@code [P]}. */
    List<ObjectiveValue> evaluate(INDArray theta);

    /**
     * The gradient of each part.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @return a new array {@code [parts, P]}
     */
    INDArray gradients(INDArray theta);

    /**
     * Passes on the gradients of the parts in their order, one at a time, for many parts of a large network.
     *
     * @param theta parameters, packed, {@code [P]}; not modified
     * @param receiver gets each gradient {@code [P]}, which is valid during the call
     */
    default void forEachGradient(INDArray theta, Consumer<INDArray> receiver) {
        try (INDArray gradients = gradients(theta)) {
            for (int part = 0; part < parts().size(); part++) {
                receiver.accept(gradients.getRow(part));
            }
        }
    }

    /**
     * The Hessians of the parts at {@code theta}.
     *
     * @param theta parameters, packed, {@code [P]}; copied or consumed before this returns
     * @return their products; close it to free its memory. At most one is open at a time.
     */
    Products hessiansAt(INDArray theta);

    /** Frees buffers. Never throws. */
    @Override
    void close();

    /** Products with the Hessians of parts. */
    interface Products extends AutoCloseable {

        /**
         * The product of each part's Hessian with a vector.
         *
         * @param vector packed, {@code [P]}, of the objective's type; not modified
         * @return a new array {@code [parts, P]}
         */
        INDArray multiply(INDArray vector);

        /**
         * v^T H v of each part, without holding all parts' products in memory.
         *
         * @param vector as in {@link #multiply}
         */
        default double[] forms(INDArray vector) {
            try (INDArray products = multiply(vector)) {
                INDArray typed = vector.castTo(products.dataType());
                return IntStream.range(0, (int) products.size(0))
                        .mapToDouble(part -> InnerProducts.dot(typed, products.getRow(part)))
                        .toArray();
            }
        }

        /** Frees the data kept at the parameters. Never throws. */
        @Override
        void close();
    }
}
