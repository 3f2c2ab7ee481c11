package org.thalweg.direction;

/**
 * The weights that set the scale of directions.
 *
 * @since 0.2.0
 */
public enum ScaleReference {
    /** Those of the current frame. */
    CURRENT,
    /** Those of the run's first frame, so that distances can be compared between frames. */
    FIRST
}
