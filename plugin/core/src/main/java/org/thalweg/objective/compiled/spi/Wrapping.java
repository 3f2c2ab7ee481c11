package org.thalweg.objective.compiled.spi;

/**
 * The effect of the layers around a layer.
 *
 * @param masksSteps whether a recurrent layer sets its state and output to zero at masked steps, although in DL4J
 *     layers of its kind ignore masks
 * @param backwards whether sequences are read from their last step to their first
 * @since 0.2.0
 */
public record Wrapping(boolean masksSteps, boolean backwards) {

    /** No wrapper around the layer. */
    public static final Wrapping NONE = new Wrapping(false, false);

    /** The same with masked steps. */
    public Wrapping maskingSteps() {
        return new Wrapping(true, backwards);
    }

    /** The same in the opposite direction. */
    public Wrapping reversed() {
        return new Wrapping(masksSteps, !backwards);
    }
}
