package org.thalweg.direction;

/**
 * The weights that set the scale of directions.
 *
 * @since 0.2.0
 */
public enum ScaleReference {
    /** The weights of the current frame. */
    CURRENT,
    /** The weights of the run's first frame, so that distances are comparable between frames. */
    FIRST
}
