package org.thalweg.video.internal.scene;

import org.thalweg.video.film.ValueOptions;

/** Marks of the points at which a surface was computed; between them it is interpolated. */
final class ComputedPoints {

    /** A grid with at most this many points a side would look like a smooth bowl that was never measured. */
    private static final int COARSE = 9;

    private ComputedPoints() {}

    /** Whether the points of a frame are marked. */
    static boolean shown(ValueOptions options, FrameNumbers frame) {
        return options.dots() || Math.max(frame.columns(), frame.rows()) <= COARSE;
    }

    static void draw(Pen pen, double x, double y) {
        pen.disc(x, y, pen.px(3.4), 0x000000, 0.5);
        pen.disc(x, y, pen.px(2.3), 0xFFFFFF, 0.95);
    }
}
