package org.thalweg.video.internal.scene;

import java.util.List;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.raster.Picture;

/** A scene with a title card at its beginning and a card of results at its end. Thread-safe. */
public final class TitleCardScene implements Scene {

    private final Scene scene;
    private final Theme theme;
    private final TitleCard opening;
    private final TitleCard closing;

    /** Adds cards to a scene of these frames. */
    public TitleCardScene(Scene scene, FrameSource frames, List<FrameNumbers> numbers, Theme theme) {
        this.scene = scene;
        this.theme = theme;
        this.opening = TitleCard.opening(frames, numbers);
        this.closing = TitleCard.closing(frames, numbers);
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
