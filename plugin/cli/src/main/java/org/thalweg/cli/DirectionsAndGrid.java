package org.thalweg.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.Normalization;
import picocli.CommandLine.Option;

/** Options of the directions and the points of a plane, whatever its kind. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
class DirectionsAndGrid {

    @Option(
            names = "--normalize",
            paramLabel = "HOW",
            description = {
                "Normalization of directions: ${COMPLETION-CANDIDATES}",
                "(default: filter for random directions; others have unit length or end at a model)."
            })
    @Nullable
    Scale normalize;

    @Option(names = "--keep-bias", description = "Also move biases and the parameters of normalization layers.")
    boolean keepBias;

    @Option(
            names = "--keep-pruned",
            description = {
                "Keep weights that are exactly zero at zero on the whole plane, and leave them out of the Hessian:",
                "its eigenvalues are those of the weights that are left."
            })
    boolean keepPruned;

    @Option(names = "--orthogonal", description = "Make the second direction perpendicular to the first.")
    boolean orthogonal;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Points per side (default: 25; 51 on a line); odd around a model.")
    @Nullable
    Integer points;

    @Option(
            names = "--range",
            paramLabel = "A:B[,C:D]",
            description = {
                "Range of coordinates along both directions, or along each",
                "(default: -1:1; -0.5:1.5 towards other models; with pca, one that holds the models)."
            },
            converter = PlaneRange.Converter.class)
    @Nullable
    PlaneRange range;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of random directions and of the probe (default: ${DEFAULT-VALUE}).",
            defaultValue = "12345")
    long seed;

    /** Normalization of directions. */
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

    /**
     * The scale of directions.
     *
     * @param otherwise the normalization if none is given
     */
    final DirectionOptions directions(Normalization otherwise) {
        Normalization normalization = normalize == null ? otherwise : Normalization.valueOf(normalize.name());
        return DirectionOptions.DEFAULT
                .withNormalization(normalization)
                .withIgnoreBiasAndNorm(!keepBias)
                .withKeepPruned(keepPruned);
    }
}
