package org.thalweg.demo.vgg;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.Barycentric;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DoubleLinear;
import org.thalweg.direction.Normalization;
import org.thalweg.direction.RandomDirections;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Parameterization;

/** The meaning of a surface's points; all kinds use the same two random directions. */
enum VggPlane {
    /** theta + alpha delta + beta eta, filters scaled (Li et al. 2018). */
    FILTER("filter-normalized"),
    /** The same with layers scaled. */
    LAYER("layer-normalized"),
    /** Along two lines in turn, between theta and two random points of its scale. */
    DOUBLE_LINEAR("double-linear"),
    /** Between theta and both random points at once. */
    BARYCENTRIC("barycentric");

    private final String label;

    VggPlane(String label) {
        this.label = label;
    }

    /** Name for people and directories. */
    String label() {
        return label;
    }

    /** The points around theta. */
    Parameterization at(Objective objective, INDArray theta, long seed) {
        return switch (this) {
            case FILTER -> plane(objective, theta, seed, Normalization.FILTER);
            case LAYER -> plane(objective, theta, seed, Normalization.LAYER);
            case DOUBLE_LINEAR -> {
                DirectionPair points = points(objective, theta, seed);
                yield new DoubleLinear(objective.layout(), theta, points.delta(), points.eta());
            }
            case BARYCENTRIC -> {
                DirectionPair points = points(objective, theta, seed);
                yield new Barycentric(objective.layout(), theta, points.delta(), points.eta());
            }
        };
    }

    private static Parameterization plane(Objective objective, INDArray theta, long seed, Normalization normalization) {
        return random(seed, normalization, true)
                .at(DirectionContext.of(objective, theta))
                .plane();
    }

    /** Gaussian points with the lengths of theta's filters, and theta's biases and norm parameters. */
    private static DirectionPair points(Objective objective, INDArray theta, long seed) {
        return random(seed, Normalization.FILTER, false).at(DirectionContext.of(objective, theta));
    }

    private static RandomDirections random(long seed, Normalization normalization, boolean ignoreBiasAndNorm) {
        return new RandomDirections(
                seed,
                DirectionOptions.DEFAULT.withNormalization(normalization).withIgnoreBiasAndNorm(ignoreBiasAndNorm));
    }
}
