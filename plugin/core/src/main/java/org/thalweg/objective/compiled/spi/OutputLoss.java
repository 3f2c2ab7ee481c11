package org.thalweg.objective.compiled.spi;

/**
 * The loss of an output, summed over examples, and its derivatives with respect to the output. The known ones are formed
 * in double precision whatever the type of the network: outputs are small, and sums of many small terms are where single
 * precision loses digits.
 *
 * @since 0.2.0
 */
public interface OutputLoss {

    /**
     * One that executors know.
     *
     * @param parameter its real; any number where it has none
     */
    static OutputLoss of(LossFunction function, double parameter) {
        return new KnownLoss(function, parameter);
    }

    /** What a mask of labels multiplies the loss of an entry with: itself, unless DL4J masks what the loss is a power of. */
    default double weight(double mask) {
        return mask;
    }

    /** Records the weighted and scaled sum over all entries. */
    void value(LossContext context);

    /** Records the derivative of the sum with respect to the outputs. */
    void slope(LossContext context);

    /** Records the derivative of the slope when the outputs move along a tangent. */
    void bend(LossContext context);
}
