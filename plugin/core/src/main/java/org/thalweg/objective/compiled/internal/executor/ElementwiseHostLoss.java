package org.thalweg.objective.compiled.internal.executor;

/** A loss that is a sum over entries of a function of one output and its label. */
interface ElementwiseHostLoss extends HostLoss {

    double value(double output, double label);

    /** First derivative with respect to the output. */
    double slope(double output, double label);

    /** Second derivative with respect to the output. */
    double bend(double output, double label);

    @Override
    default double sum(double[] outputs, double[] labels, double[] weights) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            // An entry that does not count may be infinite.
            sum += weight == 0 ? 0 : weight * value(outputs[i], labels[i]);
        }
        return sum;
    }

    @Override
    default void slope(double[] outputs, double[] labels, double[] weights, double[] slope) {
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            slope[i] = weight == 0 ? 0 : weight * slope(outputs[i], labels[i]);
        }
    }

    @Override
    default void bend(double[] outputs, double[] labels, double[] weights, double[] tangent, double[] bend) {
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            bend[i] = weight == 0 ? 0 : weight * bend(outputs[i], labels[i]) * tangent[i];
        }
    }
}
