package org.thalweg.video.film;

import java.util.Locale;

/**
 * Movements of the camera during a film.
 *
 * @since 0.2.0
 */
public enum CameraPath {
    /** Orbits the surface slowly. */
    ORBIT(200),
    /** Stands still. */
    FIXED(0);

    private static final double FIRST = 28;

    private final double degrees;

    CameraPath(double degrees) {
        this.degrees = degrees;
    }

    /** The name on the command line: {@code orbit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Azimuth in degrees at a fraction of the film, 0 to 1. */
    public double azimuth(double share) {
        return FIRST + degrees * share;
    }
}
