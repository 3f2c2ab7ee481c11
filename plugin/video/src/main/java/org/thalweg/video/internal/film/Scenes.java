package org.thalweg.video.internal.film;

import java.io.IOException;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.raster.HeightFieldRenderer;
import org.thalweg.video.internal.scene.CompareScene;
import org.thalweg.video.internal.scene.ContourScene;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.RunStatistics;
import org.thalweg.video.internal.scene.Scene;
import org.thalweg.video.internal.scene.SpectrumScene;
import org.thalweg.video.internal.scene.SplitScene;
import org.thalweg.video.internal.scene.Style;
import org.thalweg.video.internal.scene.SurfaceScene;
import org.thalweg.video.internal.scene.SurfaceTimeline;
import org.thalweg.video.internal.scene.TitleCardScene;
import org.thalweg.video.internal.scene.TrajectoryScene;
import org.thalweg.video.internal.scene.ValueScale;

/** Creates scenes from options. */
public final class Scenes {

    private Scenes() {}

    /** The scene of one run. Reads all frames once, and for contours the recorded parameters. */
    public static Scene of(FrameSource frames, FilmOptions options) throws IOException {
        SurfaceTimeline timeline = SurfaceTimeline.of(frames, options.logarithmic());
        Style style = style(options);
        Scene scene = switch (options.style()) {
            case SURFACE -> new SurfaceScene(timeline, style);
            case CONTOUR -> new ContourScene(timeline, frames.trajectory(), style);
            case SPECTRUM -> new SpectrumScene(timeline, style);
            case SPLIT -> new SplitScene(timeline, style);
        };
        return options.cards() ? new TitleCardScene(scene, frames, timeline.numbers(), options.theme()) : scene;
    }

    /**
     * Two runs side by side on one scale, each shown at the same fraction of its length; cards describe the left one.
     */
    public static Scene comparing(FrameSource left, FrameSource right, FilmOptions options) throws IOException {
        RunStatistics first = RunStatistics.of(left);
        RunStatistics second = RunStatistics.of(right);
        ValueScale scale = first.with(second).scale(options.logarithmic());
        Scene scene = new CompareScene(
                new SurfaceTimeline(left, first, scale), new SurfaceTimeline(right, second, scale), style(options));
        return options.cards() ? new TitleCardScene(scene, left, first.numbers(), options.theme()) : scene;
    }

    /** Trajectories on one plane, as contour lines whatever the style. */
    public static Scene of(TrajectoryMap map, FilmOptions options) throws IOException {
        return new TrajectoryScene(map, options.logarithmic(), style(options));
    }

    private static Style style(FilmOptions options) {
        return new Style(options.theme(), options.colors(), new HeightFieldRenderer(options.samples()));
    }
}
