package org.thalweg.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to look: the options of a plane or a line. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlaneOptions {

    @Option(
            names = "--plane",
            paramLabel = "KIND",
            description = {
                "${COMPLETION-CANDIDATES} (default: random; interpolate for two models).",
                "eigen: the Hessian's two largest eigenvectors; eigen-ends: the largest and the smallest;",
                "pca: at least three models in the order of training; interpolate: from the first of two to the second,"
                        + " at 1; three: the second at (1, 0), the third at (0, 1)."
            })
    @Nullable
    PlaneType kind;

    @Option(
            names = "--line",
            description = "Along the first direction alone, in one dimension; between two models with interpolate.")
    boolean line;

    @Option(
            names = "--states",
            description = "On a line between two models: BatchNorm's running statistics move as well.")
    boolean states;

    @Option(
            names = "--normalize",
            paramLabel = "HOW",
            description = {
                "${COMPLETION-CANDIDATES}: what the scale of directions follows",
                "(default: filter for random directions; others are of unit length, or end at a model)."
            })
    @Nullable
    Scale normalize;

    @Option(names = "--keep-bias", description = "Biases and the parameters of normalization layers move, too.")
    boolean keepBias;

    @Option(names = "--orthogonal", description = "Make the second direction perpendicular to the first.")
    boolean orthogonal;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Points a side (default: 25; 51 on a line); odd around a model.")
    @Nullable
    Integer points;

    @Option(
            names = "--range",
            paramLabel = "A:B[,C:D]",
            description = {
                "Coordinates along both directions, or along each",
                "(default: -1:1; -0.5:1.5 towards other models; pca: what holds the models)."
            },
            converter = PlaneRange.Converter.class)
    @Nullable
    PlaneRange range;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of random directions, and of the probe (default: ${DEFAULT-VALUE}).",
            defaultValue = "12345")
    long seed;

    /** What the scale of directions follows. */
    enum Scale {
        FILTER,
        LAYER,
        WEIGHT,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is asked for, or fits the number of models. */
    PlaneType kind(int models) {
        if (kind != null) {
            return kind;
        }
        return models == 2 ? PlaneType.INTERPOLATE : PlaneType.RANDOM;
    }

    /**
     * Refuses what does not go together.
     *
     * @throws IllegalArgumentException naming it
     */
    void check(int models) {
        PlaneType chosen = kind(models);
        chosen.requireModels(models);
        if (line && chosen == PlaneType.THREE) {
            throw new IllegalArgumentException("a line goes between two models: give two, or leave out --line");
        }
        if (states && !(line && chosen == PlaneType.INTERPOLATE)) {
            throw new IllegalArgumentException("--states is for a --line between two models");
        }
        if (normalize != null && (chosen == PlaneType.THREE || (line && chosen == PlaneType.INTERPOLATE))) {
            throw new IllegalArgumentException("--normalize changes nothing about directions that end at a model");
        }
    }
}
