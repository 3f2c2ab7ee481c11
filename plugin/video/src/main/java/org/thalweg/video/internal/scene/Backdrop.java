package org.thalweg.video.internal.scene;

import java.util.Arrays;
import java.util.function.Consumer;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.color.Srgb;
import org.thalweg.video.internal.raster.Picture;

/** The background of pictures, kept for each size. Thread-safe. */
final class Backdrop {

    private final Theme theme;
    private volatile int[] pixels = new int[0];
    private volatile int width;

    Backdrop(Theme theme) {
        this.theme = theme;
    }

    /** Clears a picture and draws on it with a pen of the theme. */
    void draw(Picture picture, Consumer<Pen> drawing) {
        clear(picture);
        Pen.on(picture, theme, drawing);
    }

    private void clear(Picture picture) {
        int[] known = pixels;
        if (known.length != picture.width() * picture.height() || width != picture.width()) {
            known = paint(picture.width(), picture.height());
            width = picture.width();
            pixels = known;
        }
        picture.clear(known);
    }

    private int[] paint(int columns, int rows) {
        int[] painted = new int[columns * rows];
        for (int row = 0; row < rows; row++) {
            int color = Srgb.mix(theme.top(), theme.bottom(), (row + 0.5) / rows);
            Arrays.fill(painted, row * columns, (row + 1) * columns, color);
        }
        return painted;
    }
}
