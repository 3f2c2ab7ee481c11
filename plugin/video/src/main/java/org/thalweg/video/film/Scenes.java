package org.thalweg.video.film;

import java.io.IOException;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.video.raster.ReliefRenderer;
import org.thalweg.video.scene.CardedScene;
import org.thalweg.video.scene.CompareScene;
import org.thalweg.video.scene.ContourScene;
import org.thalweg.video.scene.FrameSource;
import org.thalweg.video.scene.Landscape;
import org.thalweg.video.scene.Scene;
import org.thalweg.video.scene.SpectrumScene;
import org.thalweg.video.scene.SplitScene;
import org.thalweg.video.scene.Style;
import org.thalweg.video.scene.SurfaceScene;
import org.thalweg.video.scene.Survey;
import org.thalweg.video.scene.TrajectoryScene;
import org.thalweg.video.scene.ValueScale;

/** Scenes by options. */
public final class Scenes {

    private Scenes() {}

    /** The scene of one run; reads all of its frames once, for contours its parameters too. */
    public static Scene of(FrameSource frames, FilmOptions options) throws IOException {
        Landscape landscape = Landscape.of(frames, options.logarithmic());
        Style style = style(options);
        Scene scene = switch (options.style()) {
            case SURFACE -> new SurfaceScene(landscape, style);
            case CONTOUR -> new ContourScene(landscape, frames.trajectory(), style);
            case SPECTRUM -> new SpectrumScene(landscape, style);
            case SPLIT -> new SplitScene(landscape, style);
        };
        return options.cards() ? new CardedScene(scene, frames, landscape.moments(), options.theme()) : scene;
    }

    /** Two runs side by side on one scale, each shown at the same share of its length; cards are the left one's. */
    public static Scene comparing(FrameSource left, FrameSource right, FilmOptions options) throws IOException {
        Survey first = Survey.of(left);
        Survey second = Survey.of(right);
        ValueScale scale = first.with(second).scale(options.logarithmic());
        Scene scene = new CompareScene(
                new Landscape(left, first, scale), new Landscape(right, second, scale), style(options));
        return options.cards() ? new CardedScene(scene, left, first.moments(), options.theme()) : scene;
    }

    /** Runs on one plane, as contour lines whatever the style. */
    public static Scene of(TrajectoryMap map, FilmOptions options) throws IOException {
        return new TrajectoryScene(map, options.logarithmic(), style(options));
    }

    private static Style style(FilmOptions options) {
        return new Style(options.theme(), options.colors(), new ReliefRenderer(options.samples()));
    }
}
