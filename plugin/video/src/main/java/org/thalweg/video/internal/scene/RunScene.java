package org.thalweg.video.internal.scene;

import org.thalweg.video.internal.raster.Picture;

/** A scene of one run over a backdrop. Thread-safe. */
abstract class RunScene implements Scene {

    final SurfaceTimeline timeline;
    final Overlay overlay;
    private final Backdrop backdrop;

    RunScene(SurfaceTimeline timeline, Style style) {
        this.timeline = timeline;
        this.overlay = new Overlay(timeline, style);
        this.backdrop = new Backdrop(style.theme());
    }

    @Override
    public final double lastTime() {
        return timeline.lastTime();
    }

    @Override
    public final void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen, cue));
    }

    /** Draws over the backdrop. */
    abstract void draw(Picture picture, Pen pen, Cue cue);
}
