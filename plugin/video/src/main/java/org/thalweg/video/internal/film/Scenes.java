package org.thalweg.video.internal.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.Frame;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.FilmStyle;
import org.thalweg.video.internal.raster.HeightFieldRenderer;
import org.thalweg.video.internal.scene.CompareScene;
import org.thalweg.video.internal.scene.ConnectionScene;
import org.thalweg.video.internal.scene.ContourScene;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.LineScene;
import org.thalweg.video.internal.scene.LineScene.NamedLine;
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

    /**
     * The scene of one run. Reads all frames once, and for contours the recorded parameters.
     *
     * @throws IOException if a frame cannot be read or lacks the quantity to show; the message names it
     */
    public static Scene of(FrameSource frames, FilmOptions options) throws IOException {
        FrameSource titled = titled(frames, options);
        SurfaceTimeline timeline = SurfaceTimeline.of(titled, options.values());
        Style style = style(options);
        Scene scene = switch (options.style()) {
            case SURFACE -> new SurfaceScene(timeline, style);
            case CONTOUR -> new ContourScene(timeline, frames.trajectory(), style);
            case SPECTRUM -> new SpectrumScene(timeline, style);
            case SPLIT -> new SplitScene(timeline, style);
        };
        return options.cards() ? new TitleCardScene(scene, titled, timeline.numbers(), options.theme()) : scene;
    }

    /**
     * Two to six runs side by side on one scale, each shown at the same fraction of its length; cards describe the
     * first.
     *
     * @throws IOException as above
     * @throws IllegalArgumentException as {@link #requireComparable}
     */
    public static Scene comparing(List<? extends FrameSource> runs, FilmOptions options) throws IOException {
        requireComparable(runs.size(), options);
        List<RunStatistics> statistics = new ArrayList<>();
        for (FrameSource run : runs) {
            statistics.add(RunStatistics.of(run, options.values().quantity()));
        }
        ValueScale scale =
                statistics.stream().reduce(RunStatistics::with).orElseThrow().scale(options.values());
        List<SurfaceTimeline> timelines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            timelines.add(new SurfaceTimeline(runs.get(i), statistics.get(i), scale));
        }
        Scene scene = new CompareScene(timelines, style(options));
        FrameSource first = titled(runs.get(0), options);
        return options.cards()
                ? new TitleCardScene(scene, first, statistics.get(0).numbers(), options.theme())
                : scene;
    }

    /**
     * Checks, before anything is read, that as many runs can be compared with these options.
     *
     * @throws IllegalArgumentException for another number of runs or another style than surfaces, naming it
     */
    public static void requireComparable(int runs, FilmOptions options) {
        CompareScene.requireComparable(runs);
        if (options.style() != FilmStyle.SURFACE) {
            throw new IllegalArgumentException("several runs are compared in the style surface alone, got "
                    + options.style() + ": leave the style out, or give one run");
        }
    }

    /** Trajectories on one plane, as contour lines whatever the style. */
    public static Scene of(TrajectoryMap map, FilmOptions options) throws IOException {
        return new TrajectoryScene(map, style(options));
    }

    /** The paths between two networks on their plane, as contour lines whatever the style. */
    public static Scene of(ConnectionStudy study, FilmOptions options) throws IOException {
        return new ConnectionScene(study, style(options));
    }

    /** Lines through the parameters, whatever the style. */
    public static Scene ofLines(List<NamedLine> lines, FilmOptions options) {
        return new LineScene(options.title(), lines, style(options));
    }

    private static FrameSource titled(FrameSource frames, FilmOptions options) {
        return options.title()
                .<FrameSource>map(title -> new TitledFrames(frames, title))
                .orElse(frames);
    }

    private static Style style(FilmOptions options) {
        return new Style(
                options.theme(), options.colors(), options.values(), new HeightFieldRenderer(options.samples()));
    }

    /** Frames under another title. */
    private record TitledFrames(FrameSource frames, String title) implements FrameSource {

        @Override
        public String subject() {
            return frames.subject();
        }

        @Override
        public int size() {
            return frames.size();
        }

        @Override
        public Frame frame(int index) throws IOException {
            return frames.frame(index);
        }
    }
}
