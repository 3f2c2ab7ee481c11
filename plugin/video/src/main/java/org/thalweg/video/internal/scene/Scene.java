package org.thalweg.video.internal.scene;

import org.thalweg.video.internal.raster.Picture;

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
     * @param opening how much of an opening card is to be seen, from 0 to 1
     * @param closing how much of a closing card is to be seen, from 0 to 1
     */
    record Cue(double time, double azimuth, double opening, double closing) {

        /** A moment without cards. */
        public Cue(double time, double azimuth) {
            this(time, azimuth, 0, 0);
        }
    }
}
