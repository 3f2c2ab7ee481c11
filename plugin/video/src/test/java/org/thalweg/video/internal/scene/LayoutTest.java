package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.color.Theme;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.FilmStyle;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;

class LayoutTest {

    private final long seed = Seeds.fresh("LayoutTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(20)
    void partsOfAPictureDoNotMeet() {
        Picture picture = new Picture(random.nextInt(160, 1200), random.nextInt(160, 1200));
        Pen.on(picture, Theme.DARK, pen -> {
            Layout layout = Layout.of(pen, picture);
            double end = layout.numbers().getY() + NumbersPanel.height(pen, 11);
            Rectangle2D charts = layout.charts(end);
            Rectangle2D numbers = new Rectangle2D.Double(
                    layout.numbers().getX(),
                    layout.numbers().getY(),
                    layout.numbers().getWidth(),
                    NumbersPanel.height(pen, 11));
            String size = picture.width() + "x" + picture.height() + ", seed " + seed;
            List<Rectangle2D> parts = List.of(layout.stage(), numbers, charts);
            for (Rectangle2D part : parts) {
                assertThat(part.getWidth() * part.getHeight()).as(size).isPositive();
                assertThat(new Rectangle2D.Double(-0.01, -0.01, picture.width() + 0.02, picture.height() + 0.02)
                                .contains(part))
                        .as("%s within %s", part, size)
                        .isTrue();
                assertThat(parts.stream().filter(other -> meet(part, other)))
                        .as("%s meets another part of %s", part, size)
                        .containsExactly(part);
            }
            assertThat(layout.chartHeight(pen, charts, 2))
                    .as(size)
                    .isLessThan(charts.getHeight() / 2)
                    .isGreaterThan(pen.px(100));
        });
    }

    /** Parts may share an edge. */
    private static boolean meet(Rectangle2D one, Rectangle2D other) {
        Rectangle2D common = one.createIntersection(other);
        return common.getWidth() > 0.01 && common.getHeight() > 0.01;
    }

    @ParameterizedTest
    @EnumSource(FilmStyle.class)
    void anUprightPictureHasItsCurvesBelowTheSurface(FilmStyle style) throws IOException {
        FilmOptions options = FilmOptions.DEFAULT.withSize(540, 960).withStyle(style);
        FrameSource run = FrameSource.of("run", SyntheticRun.frames(4, 9, random));
        Picture picture = new Picture(540, 960);
        Scenes.of(run, options).draw(picture, new Scene.Cue(3, 28));
        Rectangle2D[] areas = new Rectangle2D[2];
        Pen.on(picture, options.theme(), pen -> {
            Layout layout = Layout.of(pen, picture);
            areas[0] = layout.charts(0);
            areas[1] = layout.stage();
        });
        int curve = options.theme().curve(0);
        assertThat(count(picture, areas[0], curve))
                .as("%s, seed %d", style, seed)
                .isPositive();
        int above = count(picture, areas[1], curve);
        if (style == FilmStyle.SPECTRUM) {
            assertThat(above).as("eigenvalues, seed %d", seed).isPositive();
        } else {
            assertThat(above).as("%s, seed %d", style, seed).isZero();
        }
        Rectangle2D whole = new Rectangle2D.Double(0, 0, 540, 960);
        assertThat(count(picture, whole, curve))
                .as("curves in no other part, %s, seed %d", style, seed)
                .isEqualTo(count(picture, areas[0], curve)
                        + count(picture, new Rectangle2D.Double(0, 0, 540, areas[1].getHeight()), curve));
    }

    private static int count(Picture picture, Rectangle2D area, int color) {
        int found = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                boolean same = (picture.pixels()[y * picture.width() + x] & 0xFFFFFF) == color;
                found += same && area.contains(x, y) ? 1 : 0;
            }
        }
        return found;
    }
}
