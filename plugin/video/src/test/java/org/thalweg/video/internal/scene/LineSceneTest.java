package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.LineValues;
import org.thalweg.testing.Seeds;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.LineScene.NamedLine;

class LineSceneTest {

    private static final FilmOptions OPTIONS = FilmOptions.DEFAULT
            .withSize(960, 540)
            .withColors(Theme.LIGHT, ColorMap.VIRIDIS)
            .withValues(ValueOptions.DEFAULT.withLogarithmic(false));

    private final long seed = Seeds.fresh("LineSceneTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void eachLineHasItsColourAndAParabolaItsShape() {
        double bend = random.nextDouble(0.5, 3);
        List<NamedLine> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lines.add(new NamedLine("line " + i, line(bend * (i + 1), false)));
        }
        Picture picture = draw(lines);
        for (int i = 0; i < 3; i++) {
            assertThat(rows(picture, Theme.LIGHT.curve(i)))
                    .as("line %d, seed %d", i, seed)
                    .isNotEmpty();
        }
        // Of a parabola, the middle lies low and both ends lie high.
        int color = Theme.LIGHT.curve(2);
        List<Integer> columns = columns(picture, color);
        int left = columns.get(0);
        int right = columns.get(columns.size() - 1);
        assertThat(height(picture, color, (left + right) / 2)).isGreaterThan(height(picture, color, left + 3) + 50);
        assertThat(height(picture, color, left + 3))
                .as("both ends are equally high, seed %d", seed)
                .isBetween(height(picture, color, right - 3) - 4, height(picture, color, right - 3) + 4);
    }

    @Test
    void accuracyAndValidationHaveTheirOwnCurves() {
        int alone = count(draw(List.of(new NamedLine("one", line(1, false)))), Theme.LIGHT.curve(0));
        int all = count(draw(List.of(new NamedLine("one", line(1, true)))), Theme.LIGHT.curve(0));
        assertThat(all).as("seed %d", seed).isGreaterThan(alone * 3 / 2);
    }

    private static Picture draw(List<NamedLine> lines) {
        Picture picture = new Picture(960, 540);
        Scenes.ofLines(lines, OPTIONS).draw(picture, new Scene.Cue(0, 0));
        return picture;
    }

    private static LineValues line(double bend, boolean whole) {
        int n = 41;
        double[] alpha = new double[n];
        boolean[] evaluated = new boolean[n];
        double[] loss = new double[n];
        double[] more = new double[n];
        double[] accuracy = new double[n];
        for (int i = 0; i < n; i++) {
            alpha[i] = -1 + 2.0 * i / (n - 1);
            evaluated[i] = true;
            loss[i] = 0.1 + bend * alpha[i] * alpha[i];
            more[i] = 0.3 + loss[i];
            accuracy[i] = 90 - 40 * alpha[i] * alpha[i];
        }
        return new LineValues(
                alpha,
                evaluated,
                loss,
                whole ? Optional.of(accuracy) : Optional.empty(),
                whole ? Optional.of(more) : Optional.empty(),
                whole ? Optional.of(accuracy) : Optional.empty());
    }

    private static int count(Picture picture, int color) {
        int count = 0;
        for (int pixel : picture.pixels()) {
            count += (pixel & 0xFFFFFF) == color ? 1 : 0;
        }
        return count;
    }

    private static List<Integer> rows(Picture picture, int color) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < picture.height(); row++) {
            for (int column = 0; column < picture.width(); column++) {
                if ((picture.pixels()[row * picture.width() + column] & 0xFFFFFF) == color) {
                    rows.add(row);
                    break;
                }
            }
        }
        return rows;
    }

    /** Columns of the plot, below the legend, that have the colour. */
    private static List<Integer> columns(Picture picture, int color) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < picture.width(); column++) {
            if (height(picture, color, column) > 0) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static int height(Picture picture, int color, int column) {
        for (int row = 110; row < picture.height(); row++) {
            if ((picture.pixels()[row * picture.width() + column] & 0xFFFFFF) == color) {
                return row;
            }
        }
        return 0;
    }
}
