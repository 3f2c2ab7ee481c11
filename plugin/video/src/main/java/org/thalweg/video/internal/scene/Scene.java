package org.thalweg.video.internal.scene;

import org.thalweg.video.internal.raster.Picture;

/** A picture of a run at any time. Implementations are thread-safe. */
public interface Scene {

    /**
     * Draws a whole picture.
     *
     * @param picture its size decides the layout; its former content is overwritten
     * @param cue time and camera
     */
    void draw(Picture picture, Cue cue);

    /** Time to the last frame, counted in recorded frames. */
    double lastTime();

    /**
     * Time, camera and cards of one picture.
     *
     * @param time in recorded frames, fractions lie between them
     * @param azimuth of the camera in degrees
     * @param opening opacity of the opening card, 0 to 1
     * @param closing opacity of the closing card, 0 to 1
     */
    record Cue(double time, double azimuth, double opening, double closing) {

        /** A picture without cards. */
        public Cue(double time, double azimuth) {
            this(time, azimuth, 0, 0);
        }
    }
}
