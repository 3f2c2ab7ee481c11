package org.thalweg.video.scene;

import org.thalweg.video.raster.Picture;

/** Something that can be drawn at any time of a run. Implementations are thread-safe. */
public interface Scene {

    /**
     * Draws a whole picture.
     *
     * @param picture its size decides the layout; what it held before is overwritten
     * @param cue which moment, seen from where
     */
    void draw(Picture picture, Cue cue);

    /** Time to the last frame, counted in recorded frames. */
    double lastTime();

    /**
     * A moment of the film.
     *
     * @param time in recorded frames, fractions lie between them
     * @param azimuth of the camera in degrees
     */
    record Cue(double time, double azimuth) {}
}
