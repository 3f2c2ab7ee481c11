package org.thalweg.objective.compiled.spi;

/**
 * The loss of an output, summed over examples, and its derivatives with respect to the output. The known losses are
 * computed in double precision for any type of network: outputs are small, and single precision loses digits in sums of
 * many small terms.
 *
 * @since 0.2.0
 */
public interface OutputLoss {

    /**
     * A loss that executors implement.
     *
     * @param parameter its real; any number where it has none
     */
    static OutputLoss of(LossFunction function, double parameter) {
        return new KnownLoss(function, parameter);
    }

    /**
     * The factor that a label mask gives an entry's loss: the mask itself, unless DL4J masks a number of which the loss
     * is a power.
     */
    default double weight(double mask) {
        return mask;
    }

    /** Records the weighted and scaled sum over all entries. */
    void value(LossContext context);

    /** Records the derivative of the sum with respect to the outputs. */
    void slope(LossContext context);

    /** Records the derivative of the slope when the outputs move along a tangent. */
    void secondDerivative(LossContext context);
}
