package org.thalweg.objective.compiled.internal.loss;

import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Targets;

/** A loss that is a sum over entries of a function of one output and its label. */
public interface ElementwiseLoss extends OutputLoss {

    double value(double output, double label);

    /** First derivative with respect to the output. */
    double slope(double output, double label);

    /** Second derivative with respect to the output. */
    double bend(double output, double label);

    @Override
    default double sum(double[] outputs, Targets targets) {
        double sum = 0;
        for (int i = 0; i < targets.labels().length; i++) {
            double weight = targets.weight(i);
            // An entry that does not count may be infinite.
            sum += weight == 0 ? 0 : weight * value(outputs[i], targets.labels()[i]);
        }
        return sum;
    }

    @Override
    default void gradient(double[] outputs, Targets targets, double[] gradient) {
        for (int i = 0; i < targets.labels().length; i++) {
            double weight = targets.weight(i);
            gradient[i] = weight == 0 ? 0 : weight * slope(outputs[i], targets.labels()[i]);
        }
    }

    @Override
    default void gradientTangent(double[] outputs, Targets targets, double[] tangent, double[] gradientTangent) {
        for (int i = 0; i < targets.labels().length; i++) {
            double weight = targets.weight(i);
            gradientTangent[i] = weight == 0 ? 0 : weight * bend(outputs[i], targets.labels()[i]) * tangent[i];
        }
    }
}
