package org.thalweg.direction;

import java.util.Locale;

/**
 * Options of the scale of directions.
 *
 * @param normalization the rule that fits their scale to the weights
 * @param ignoreBiasAndNorm whether biases and norm parameters stay where they are; otherwise each array of them counts
 *     as one filter, and in random directions their direction is their own value, as in the reference implementation
 * @param keepPruned whether weights that are exactly zero stay zero; frames then leave them out of gradients and Hessians as well
 * @param scaleReference the weights that set the scale
 * @since 0.2.0
 */
public record DirectionOptions(
        Normalization normalization, boolean ignoreBiasAndNorm, boolean keepPruned, ScaleReference scaleReference) {

    /** Filter normalization of the weights only, relative to the current weights. */
    public static final DirectionOptions DEFAULT =
            new DirectionOptions(Normalization.FILTER, true, false, ScaleReference.CURRENT);

    public DirectionOptions withNormalization(Normalization normalization) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, scaleReference);
    }

    public DirectionOptions withIgnoreBiasAndNorm(boolean ignoreBiasAndNorm) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, scaleReference);
    }

    public DirectionOptions withKeepPruned(boolean keepPruned) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, scaleReference);
    }

    public DirectionOptions withScaleReference(ScaleReference scaleReference) {
        return new DirectionOptions(normalization, ignoreBiasAndNorm, keepPruned, scaleReference);
    }

    /** The options in words. */
    public String describe() {
        return normalization.name().toLowerCase(Locale.ROOT) + " normalization, biases and norm parameters "
                + (ignoreBiasAndNorm ? "ignored" : "kept") + (keepPruned ? ", pruned weights kept at zero" : "")
                + (scaleReference == ScaleReference.FIRST ? ", scale of the first frame" : "");
    }
}
