package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.color.Theme;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;

class TrajectorySceneTest {

    private static final int RUNS = 5;

    private final long seed = Seeds.fresh("TrajectorySceneTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Each run's end is a disc of its colour, where its coordinates are between the grid's borders. */
    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyRunEndsInItsColourAtItsPlace(Theme theme) throws IOException {
        List<TrajectoryValues> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            // Far enough from each other and from all that begins at the origin.
            double angle = 2 * Math.PI * (i + random.nextDouble(0.4)) / RUNS;
            runs.add(run("run " + i, 0.7 * Math.cos(angle), 0.7 * Math.sin(angle)));
        }
        Picture picture = draw(runs, theme);
        Rectangle area = area(picture, theme);
        for (int i = 0; i < RUNS; i++) {
            TrajectoryValues run = runs.get(i);
            int last = run.size() - 1;
            int x = (int) Math.round(area.getX() + (run.alpha()[last] + 1) / 2 * area.getWidth());
            int y = (int) Math.round(area.getMaxY() - (run.beta()[last] + 1) / 2 * area.getHeight());
            assertThat(Integer.toHexString(picture.pixels()[y * picture.width() + x] & 0xFFFFFF))
                    .as("%s at %d, %d, seed %d", run.run(), x, y, seed)
                    .isEqualTo(Integer.toHexString(theme.curve(i)));
        }
    }

    private static TrajectoryValues run(String name, double alpha, double beta) {
        double[] share = {0, 0.3, 1};
        return new TrajectoryValues(
                name,
                new long[] {0, 10, 20},
                Arrays.stream(share).map(s -> s * alpha).toArray(),
                Arrays.stream(share).map(s -> s * beta).toArray(),
                new double[] {0, 1, 0.5},
                new double[] {2, 1, 0.5},
                new double[] {2, 0.8, 0.5});
    }

    private Picture draw(List<TrajectoryValues> runs, Theme theme) throws IOException {
        TrajectoryMap map = new TrajectoryMap(
                SyntheticRun.frame(20, 1, 9, (a, b) -> 0.5 + a * a + b * b),
                "pca",
                "run 0, iteration 20",
                runs,
                Optional.of(new ExplainedVariance(new double[] {2, 1}, new double[] {0.5, 0.25}, new double[] {4, 3})));
        FilmOptions options = FilmOptions.DEFAULT.withColors(theme, FilmOptions.DEFAULT.colors());
        Scene scene = Scenes.of(map, options);
        assertThat(scene.lastTime()).isZero();
        Picture picture = new Picture(options.width(), options.height());
        scene.draw(picture, new Scene.Cue(0, 0));
        return picture;
    }

    private static Rectangle area(Picture picture, Theme theme) {
        Rectangle area = new Rectangle();
        Pen.on(picture, theme, pen -> area.setBounds(ContourPlane.area(pen, picture)));
        return area;
    }
}
