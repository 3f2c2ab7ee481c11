package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;

/**
 * DL4J's relu with a maximum, a threshold t or a slope a: a (x - t) below the threshold, then x, at most the maximum.
 */
final class ClippedRelu {

    private ClippedRelu() {}

    static boolean isPlain(ActivationReLU relu) {
        return relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
    }

    static ComposedFunction of(ActivationReLU relu) {
        return of(orZero(relu.getThreshold()), orZero(relu.getNegativeSlope()), relu.getMax());
    }

    static ComposedFunction upTo(double maximum) {
        return of(0, 0, maximum);
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
