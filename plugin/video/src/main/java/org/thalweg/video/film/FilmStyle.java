package org.thalweg.video.film;

import java.util.Locale;

/**
 * Contents of a film.
 *
 * @since 0.2.0
 */
public enum FilmStyle {
    /** The surface in 3D. */
    SURFACE,
    /** The surface from above, as contour lines. */
    CONTOUR,
    /** All eigenvalues over the run. */
    SPECTRUM,
    /** The surface next to large charts. */
    SPLIT;

    /** The name on the command line: {@code surface}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
