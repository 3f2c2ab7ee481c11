package org.thalweg.objective.compiled.spi;

/**
 * What the layers around a layer make of it.
 *
 * @param masksSteps whether a recurrent layer takes its state and output for zero at masked steps, although DL4J has layers of
 *     its kind ignore masks
 * @param backwards whether sequences are read from their last step to their first
 * @since 0.2.0
 */
public record Wrapping(boolean masksSteps, boolean backwards) {

    /** That of a layer by itself. */
    public static final Wrapping NONE = new Wrapping(false, false);

    /** The same with masked steps. */
    public Wrapping maskingSteps() {
        return new Wrapping(true, backwards);
    }

    /** The same in the other direction. */
    public Wrapping reversed() {
        return new Wrapping(masksSteps, !backwards);
    }
}
