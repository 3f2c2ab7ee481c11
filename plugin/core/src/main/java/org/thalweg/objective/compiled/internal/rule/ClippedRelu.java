package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.thalweg.objective.compiled.internal.kernel.CappedRelu;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;

/**
 * DL4J's relu with a maximum, a threshold t or a slope a: a (x - t) below the threshold, then x, at most the maximum.
 */
final class ClippedRelu {

    private ClippedRelu() {}

    static boolean isPlain(ActivationReLU relu) {
        return relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
    }

    static ElementwiseFunction of(ActivationReLU relu) {
        double threshold = orZero(relu.getThreshold());
        double slope = orZero(relu.getNegativeSlope());
        Double maximum = relu.getMax();
        return threshold == 0 && slope == 0 && maximum != null && maximum > 0
                ? new CappedRelu(maximum)
                : of(threshold, slope, maximum);
    }

    private static ComposedFunction of(double threshold, double slope, @Nullable Double maximum) {
        return ComposedFunction.linear(x -> {
            Jet above = x.plus(-threshold).positive();
            Jet below = x.plus(-threshold).times(above.times(-1).plus(1)).times(slope);
            if (maximum == null) {
                return x.times(above).plus(below);
            }
            Jet clipped = x.plus(-maximum).positive();
            return x.times(above.plus(clipped.times(-1))).plus(below).plus(clipped.times(maximum));
        });
    }

    private static double orZero(@Nullable Double setting) {
        return setting == null ? 0 : setting;
    }
}
