package org.thalweg.video.film;

import java.util.Locale;

/**
 * How the camera moves during a film.
 *
 * @since 0.2.0
 */
public enum CameraPath {
    /** Slowly around the surface. */
    ORBIT(200),
    /** Not at all. */
    FIXED(0);

    private static final double FIRST = 28;

    private final double degrees;

    CameraPath(double degrees) {
        this.degrees = degrees;
    }

    /** The name that users write: {@code orbit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Azimuth in degrees after a share of the film. */
    public double azimuth(double share) {
        return FIRST + degrees * share;
    }
}
