package org.thalweg.direction;

import java.util.Locale;

/**
 * How directions are scaled.
 *
 * @param normalization how their scale follows that of the weights
 * @param ignoreBiasAndNorm whether biases and norm parameters stay where they are; otherwise each array of them counts
 *     as one filter, and in random directions their direction is their own value, as in the reference implementation
 * @param keepPruned whether weights that are exactly zero stay zero
 * @param camera what the scale follows from frame to frame
 */
public record DirectionOptions(
        Normalization normalization, boolean ignoreBiasAndNorm, boolean keepPruned, Camera camera) {

    /** What the scale of the directions follows from frame to frame. */
    public enum Camera {
        /** The current weights. */
        RENORMALIZED,
        /** The weights of the first frame, so that distances can be compared between frames. */
        FROZEN
    }

    /** Filter normalization of the weights alone, following the current weights. */
    public static final DirectionOptions DEFAULT =
            new DirectionOptions(Normalization.FILTER, true, false, Camera.RENORMALIZED);

    public DirectionOptions withNormalization(Normalization normalization) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, camera);
    }

    public DirectionOptions withIgnoreBiasAndNorm(boolean ignoreBiasAndNorm) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, camera);
    }

    public DirectionOptions withKeepPruned(boolean keepPruned) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, camera);
    }

    public DirectionOptions withCamera(Camera camera) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, camera);
    }

    /** The options in words. */
    public String describe() {
        return normalization.name().toLowerCase(Locale.ROOT) + " normalization, biases and norm parameters "
                + (ignoreBiasAndNorm ? "ignored" : "kept") + (keepPruned ? ", pruned weights kept at zero" : "")
                + (camera == Camera.FROZEN ? ", scale of the first frame" : "");
    }
}
