package org.thalweg.video.scene;

import java.util.List;
import org.thalweg.video.raster.Picture;

/** A scene with a card at its beginning, which says what it shows, and one at its end, which says what came out. Thread-safe. */
public final class CardedScene implements Scene {

    private final Scene scene;
    private final Theme theme;
    private final Card opening;
    private final Card closing;

    /** Cards for a scene of these frames, whose numbers are the moments. */
    public CardedScene(Scene scene, FrameSource frames, List<Moment> moments, Theme theme) {
        this.scene = scene;
        this.theme = theme;
        this.opening = Card.opening(frames, moments);
        this.closing = Card.closing(frames, moments);
    }

    @Override
    public double lastTime() {
        return scene.lastTime();
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        scene.draw(picture, cue);
        if (cue.opening() > 0) {
            opening.draw(picture, theme, cue.opening());
        }
        if (cue.closing() > 0) {
            closing.draw(picture, theme, cue.closing());
        }
    }
}
