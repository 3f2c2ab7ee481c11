package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.FilmStyle;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;

/** The quadratic model and averaged weights in pictures. */
class ModelNetTest {

    private final long seed = Seeds.fresh("ModelNetTest");
    private final SplittableRandom random = new SplittableRandom(seed);
    private final double radius = 0.3 + random.nextDouble(0.5);
    private final double alpha = 0.6 + random.nextDouble(0.3);
    private final double beta = -0.6 - random.nextDouble(0.3);

    /** Steeper than its model from some distance on. */
    private final Frame frame =
            SyntheticRun.frame(20, 1, 9, (a, b) -> 0.5 + a * a + b * b + 2 * Math.pow(a, 4)).toBuilder()
                    .quantities(Map.of(
                            "plane_slope_alpha", 0.0,
                            "plane_slope_beta", 0.0,
                            "plane_curvature_alpha", 2.0,
                            "plane_curvature_alpha_beta", 0.0,
                            "plane_curvature_beta", 2.0,
                            "quadratic_radius", radius,
                            "averaged_loss", 0.6,
                            "averaged_frames", 3.0,
                            "averaged_alpha", alpha,
                            "averaged_beta", beta))
                    .build();

    /** The circle's rightmost point and the averaged weights have the marker's colour, at their coordinates. */
    @Test
    void aMapHasTheCircleAndTheAverageAtTheirPlaces() throws IOException {
        FilmOptions options = options(FilmStyle.CONTOUR, true);
        Picture picture = draw(frame, options);
        Rectangle area = new Rectangle();
        Pen.on(picture, options.theme(), pen -> area.setBounds(ContourPlane.area(pen, picture)));
        String marker = Integer.toHexString(options.theme().marker());
        assertThat(color(picture, area, radius, 0)).as("seed %d", seed).isEqualTo(marker);
        assertThat(color(picture, area, alpha, beta)).as("seed %d", seed).isEqualTo(marker);
        Picture without = draw(frame, options(FilmStyle.CONTOUR, false));
        assertThat(color(without, area, radius, 0)).as("seed %d", seed).isNotEqualTo(marker);
    }

    private static String color(Picture picture, Rectangle area, double alpha, double beta) {
        int x = (int) (area.getX() + (alpha + 1) / 2 * area.getWidth());
        int y = (int) (area.getMaxY() - (beta + 1) / 2 * area.getHeight());
        return Integer.toHexString(picture.pixels()[y * picture.width() + x] & 0xFFFFFF);
    }

    /** The net is drawn where it is asked for and the frame has a model, and changes nothing elsewhere. */
    @Test
    void aSurfaceHasTheNetWhereItIsAskedFor() throws IOException {
        Picture with = draw(frame, options(FilmStyle.SURFACE, true));
        Picture without = draw(frame, options(FilmStyle.SURFACE, false));
        assertThat(different(with, without)).as("seed %d", seed).isGreaterThan(5_000);
        Frame bare = SyntheticRun.frame(20, 1, 9, (a, b) -> 0.5 + a * a + b * b);
        assertThat(different(
                        draw(bare, options(FilmStyle.SURFACE, true)), draw(bare, options(FilmStyle.SURFACE, false))))
                .isZero();
    }

    private static int different(Picture a, Picture b) {
        int count = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            count += a.pixels()[i] == b.pixels()[i] ? 0 : 1;
        }
        return count;
    }

    private static FilmOptions options(FilmStyle style, boolean model) {
        return FilmOptions.DEFAULT
                .withStyle(style)
                .withValues(ValueOptions.DEFAULT.withLogarithmic(false).withModel(model));
    }

    private static Picture draw(Frame frame, FilmOptions options) throws IOException {
        Picture picture = new Picture(options.width(), options.height());
        Scenes.of(FrameSource.of("run", List.of(frame)), options).draw(picture, new Scene.Cue(0, 28));
        return picture;
    }
}
