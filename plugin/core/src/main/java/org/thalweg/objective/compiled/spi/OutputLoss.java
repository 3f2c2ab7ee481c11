package org.thalweg.objective.compiled.spi;

/**
 * The loss of an output, summed over examples, and its derivatives with respect to the output. It is formed in double
 * precision on the host whatever the type of the network: outputs are small, and sums of many small terms are where
 * single precision loses digits. All arrays are row-major {@code [n, size]}.
 */
public interface OutputLoss {

    /** The weighted loss, summed over all entries. */
    double sum(double[] outputs, Targets targets);

    /** The derivative of the sum with respect to the outputs. */
    void gradient(double[] outputs, Targets targets, double[] gradient);

    /** The derivative of {@link #gradient} when the outputs move along a tangent. */
    void gradientTangent(double[] outputs, Targets targets, double[] tangent, double[] gradientTangent);
}
