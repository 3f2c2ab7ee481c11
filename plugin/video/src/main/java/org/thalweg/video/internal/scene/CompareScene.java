package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.NumbersPanel.Row;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Two to six runs on one scale: up to three next to each other, or below each other in an upright picture, four in two rows, and
 * more in rows of three, or of two in an upright picture. Each is shown at the same fraction of its own length; the scene's time is
 * that of the longest one. Thread-safe.
 */
public final class CompareScene implements Scene {

    private static final int MOST = 6;

    /** More runs than this need more than one row. */
    private static final int A_ROW = 3;

    private static final double MARGIN = 44;
    private static final double BAR = 130;
    private static final double CAPTION = 40;

    /** A cell of a smaller share of its width is low. */
    private static final double LOW = 0.75;

    /** Share of a low cell that the surface leaves to the numbers on its left. */
    private static final double NUMBERS = 0.16;

    private final List<SurfaceTimeline> runs;
    private final List<SurfacePane> panes;
    private final Backdrop backdrop;
    private final Overlay overlay;
    private final int rows;

    /**
     * A scene of runs on the same scale.
     *
     * @throws IllegalArgumentException for another number of runs, or scales that differ
     */
    public CompareScene(List<SurfaceTimeline> runs, Style style) {
        requireComparable(runs.size());
        for (SurfaceTimeline run : runs) {
            if (!run.scale().equals(runs.get(0).scale())) {
                throw new IllegalArgumentException(
                        "runs are compared on one scale, got " + runs.get(0).scale() + " and " + run.scale());
            }
        }
        this.runs = List.copyOf(runs);
        this.backdrop = new Backdrop(style.theme());
        this.panes = runs.stream().map(run -> new SurfacePane(run, style)).toList();
        this.overlay = new Overlay(runs.get(0), style);
        this.rows = runs.size() > 2
                ? NumbersPanel.MOST_OF_FEW
                : runs.stream()
                        .mapToInt(run -> NumbersPanel.mostRows(run.numbers()))
                        .max()
                        .orElseThrow();
    }

    /** Checks that there are at least two runs and not more than fit. */
    public static void requireComparable(int runs) {
        if (runs < 2 || runs > MOST) {
            throw new IllegalArgumentException("two to " + MOST + " runs can be compared, got " + runs);
        }
    }

    @Override
    public double lastTime() {
        return runs.stream().mapToDouble(SurfaceTimeline::lastTime).max().orElseThrow();
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen, cue));
    }

    private void draw(Picture picture, Pen pen, Cue cue) {
        int columns = columns(picture);
        int lines = (runs.size() + columns - 1) / columns;
        double width = (picture.width() - pen.px(BAR)) / columns;
        double height = (picture.height() - (areMany() ? pen.px(CAPTION) : 0)) / lines;
        double scale = areMany() ? 0.62 : isLow(width, height) ? 0.75 : columns == 1 ? 0.8 : 1;
        for (int i = 0; i < runs.size(); i++) {
            int line = i / columns;
            Rectangle2D cell = new Rectangle2D.Double(i % columns * width, line * height, width, height);
            cell(picture, pen, i, cell, cue, scale);
        }
        overlay.drawColors(pen, picture.width(), picture.height());
        probes(pen, picture);
    }

    /** Whether there are more runs than fit into a square of four cells, so that cells are small. */
    private boolean areMany() {
        return runs.size() > A_ROW + 1;
    }

    private static boolean isLow(double width, double height) {
        return height < LOW * width;
    }

    private int columns(Picture picture) {
        boolean upright = Layout.isUpright(picture);
        if (runs.size() <= A_ROW) {
            return upright ? 1 : runs.size();
        }
        return upright || runs.size() == A_ROW + 1 ? 2 : A_ROW;
    }

    private void cell(Picture picture, Pen pen, int index, Rectangle2D cell, Cue cue, double scale) {
        SurfaceTimeline run = runs.get(index);
        double time = lastTime() == 0 ? 0 : cue.time() / lastTime() * run.lastTime();
        Pen small = pen.scaled(scale);
        double numbers = NumbersPanel.height(small, rows);
        double top = Math.max(cell.getHeight() * 0.3, small.px(MARGIN - SurfacePane.ABOVE) + numbers);
        // In a low cell the numbers stand in the corner that the surface leaves free.
        double above = scale < 1 ? cell.getHeight() * (areMany() ? 0.18 : 0.12) : top;
        double beside = isLow(cell.getWidth(), cell.getHeight()) ? NUMBERS * cell.getWidth() : 0;
        Viewport below = new Viewport(
                cell.getX() + beside, cell.getY() + above, cell.getWidth() - beside, cell.getHeight() - above);
        panes.get(index).draw(picture, pen.scaled(Math.sqrt(scale)), below, new Cue(time, cue.azimuth()));
        List<Row> shown = runs.size() > 2 || scale < 1 ? NumbersPanel.few(run, time) : NumbersPanel.rows(run, time);
        if (areMany()) {
            // Sentences would cover the surface.
            shown = shown.stream()
                    .filter(row -> !row.name().isEmpty() || row.warning())
                    .toList();
        }
        Rectangle2D area = new Rectangle2D.Double(
                cell.getX() + small.px(MARGIN),
                cell.getY() + small.px(MARGIN),
                Math.min(small.px(400), cell.getWidth() - small.px(MARGIN)),
                top);
        NumbersPanel.draw(small, area, run.title(), shown);
    }

    /** Losses on different examples are different functions. */
    private void probes(Pen pen, Picture picture) {
        List<String> probes =
                runs.stream().map(SurfaceTimeline::subject).distinct().toList();
        if (probes.size() > 1) {
            String told = "measured on different probes: "
                    + probes.stream()
                            .map(probe -> probe.isEmpty() ? "unknown" : probe)
                            .collect(Collectors.joining(" | "));
            pen.muted()
                    .scaled(0.86)
                    .write(
                            pen.graphics(),
                            pen.muted().scaled(0.86).fitted(told, picture.width() - pen.px(2 * MARGIN)),
                            picture.width() / 2.0,
                            picture.height() - pen.px(14),
                            Anchor.CENTER);
        }
    }
}
