package org.thalweg.demo.generalization;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.thalweg.demo.statistics.RankCorrelation;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Chart.Curve;
import org.thalweg.video.internal.scene.Pen;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** Correlations with their intervals on the left, and the networks themselves on the right. */
final class GeneralizationPlot {

    private static final Theme THEME = Theme.LIGHT;
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    /** Width of the left part. */
    private static final int LEFT = 900;

    private static final int MARGIN = 10;
    private static final int COLUMNS = 2;

    /** Place of the axis from -1 to 1 in the left part. */
    private static final int AXIS = 300;

    private static final int AXIS_WIDTH = 540;
    private static final int TOP = 150;
    private static final int BOTTOM = 110;
    /** Distance of the two intervals of a measure from its line. */
    private static final double APART = 20;

    private static final int ERROR_COLOR = 1;
    private static final int LOSS_COLOR = 0;

    private GeneralizationPlot() {}

    /**
     * Writes the plot.
     *
     * @param file a PNG file
     * @throws IOException if the file cannot be written; the message names it
     */
    static void write(Path file, List<Correlations> all, List<Trained> networks) throws IOException {
        Picture picture = new Picture(WIDTH, HEIGHT);
        Arrays.fill(picture.pixels(), THEME.top());
        int rows = (all.size() + COLUMNS - 1) / COLUMNS;
        double width = (double) (WIDTH - LEFT) / COLUMNS;
        double height = (double) HEIGHT / rows;
        Pen.on(picture, THEME, pen -> {
            intervals(pen, all);
            for (int i = 0; i < all.size(); i++) {
                int row = i / COLUMNS;
                Rectangle2D area = new Rectangle2D.Double(
                        LEFT + i % COLUMNS * width + MARGIN / 2.0,
                        row * height + MARGIN,
                        width - MARGIN,
                        height - 2 * MARGIN);
                scatter(all.get(i).measure(), networks).draw(pen, area, Double.POSITIVE_INFINITY);
            }
        });
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
    }

    private static void intervals(Pen pen, List<Correlations> all) {
        pen.panel(new Rectangle2D.Double(MARGIN, MARGIN, LEFT - MARGIN, HEIGHT - 2 * MARGIN));
        TextStyle text = pen.text();
        pen.bold()
                .writeCentered(
                        pen.graphics(), "Rank correlation with the gap between test and training", 40, 50, Anchor.LEFT);
        pen.bold().in(THEME.curve(ERROR_COLOR)).writeCentered(pen.graphics(), "in error", AXIS, 96, Anchor.LEFT);
        pen.bold().in(THEME.curve(LOSS_COLOR)).writeCentered(pen.graphics(), "in loss", AXIS + 140, 96, Anchor.LEFT);
        for (double tick = -1; tick <= 1; tick += 0.5) {
            pen.line(place(tick), TOP, place(tick), HEIGHT - BOTTOM, pen.ink(THEME.line(), tick == 0 ? 2 : 1, 0.9));
            pen.muted()
                    .writeCentered(
                            pen.graphics(),
                            String.format(Locale.ROOT, tick == 0 ? "%.0f" : "%+.1f", tick)
                                    .replace('-', '\u2013'),
                            place(tick),
                            HEIGHT - BOTTOM + 22.0,
                            Anchor.CENTER);
        }
        pen.muted()
                .writeCentered(
                        pen.graphics(),
                        "Right: the gap in loss over each measure, coloured by batch size",
                        40,
                        HEIGHT - 34.0,
                        Anchor.LEFT);
        double line = (double) (HEIGHT - TOP - BOTTOM) / all.size();
        for (int i = 0; i < all.size(); i++) {
            double y = TOP + (i + 0.5) * line;
            text.writeCentered(pen.graphics(), all.get(i).measure().label(), 40, y, Anchor.LEFT);
            interval(pen, all.get(i).errorGap(), y - APART, THEME.curve(ERROR_COLOR));
            interval(pen, all.get(i).lossGap(), y + APART, THEME.curve(LOSS_COLOR));
        }
    }

    private static double place(double correlation) {
        return AXIS + (correlation + 1) / 2 * AXIS_WIDTH;
    }

    private static void interval(Pen pen, RankCorrelation found, double y, int color) {
        if (Double.isFinite(found.value())) {
            pen.line(place(found.low()), y, place(found.high()), y, pen.ink(color, 3, 1));
            pen.disc(place(found.value()), y, pen.px(5), color, 1);
        }
    }

    /** Each network is a point, coloured by its batch size. */
    private static Chart scatter(Measure measure, List<Trained> networks) {
        List<Integer> batches = networks.stream()
                .map(network -> network.setting().batch())
                .distinct()
                .sorted()
                .toList();
        List<Curve> points = new ArrayList<>();
        for (int batch : batches) {
            String name = Integer.toString(batch);
            for (Trained network : networks) {
                if (network.setting().batch() == batch) {
                    points.add(new Curve(
                            name,
                            batches.indexOf(batch),
                            new double[] {measure.of(network.frame())},
                            new double[] {network.lossGap()},
                            new double[1]));
                    name = "";
                }
            }
        }
        return new Chart(
                measure.label(),
                points,
                AxisScale.showing(
                        Kind.LINEAR,
                        networks.stream().mapToDouble(Trained::lossGap).toArray()),
                "");
    }
}
