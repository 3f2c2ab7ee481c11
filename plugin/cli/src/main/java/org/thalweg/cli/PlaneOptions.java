package org.thalweg.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a plane or a line around or between networks. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlaneOptions extends DirectionsAndGrid {

    @Option(
            names = "--plane",
            paramLabel = "KIND",
            description = {
                "${COMPLETION-CANDIDATES} (default: random; for two models, interpolate).",
                "eigen: the Hessian's two largest eigenvectors; eigen-ends: the largest and the smallest;",
                "pca: at least three models in the order of training; interpolate: from the first of two to the second,"
                        + " at 1; three: the second at (1, 0), the third at (0, 1)."
            })
    @Nullable
    PlaneType kind;

    @Option(
            names = "--line",
            description = "Compute a line along the first direction only; for two models, the line between them.")
    boolean line;

    @Option(
            names = "--states",
            description = "On a line between two models, also interpolate BatchNorm's running statistics.")
    boolean states;

    /** The given plane, or the default for the number of models. */
    PlaneType kind(int models) {
        if (kind != null) {
            return kind;
        }
        return models == 2 ? PlaneType.INTERPOLATE : PlaneType.RANDOM;
    }

    /**
     * Refuses contradictory options.
     *
     * @throws IllegalArgumentException naming it
     */
    void check(int models) {
        PlaneType chosen = kind(models);
        chosen.requireModels(models);
        if (line && chosen == PlaneType.THREE) {
            throw new IllegalArgumentException("a line goes between two models: give two, or remove --line");
        }
        if (states && !(line && chosen == PlaneType.INTERPOLATE)) {
            throw new IllegalArgumentException("--states is for a --line between two models");
        }
        if (keepPruned && !chosen.surroundsModel()) {
            throw new IllegalArgumentException(
                    "--keep-pruned is for planes around one model: directions to other models lead"
                            + " to their weights");
        }
        if (normalize != null && (chosen == PlaneType.THREE || (line && chosen == PlaneType.INTERPOLATE))) {
            throw new IllegalArgumentException("--normalize changes nothing about directions that end at a model");
        }
    }
}
