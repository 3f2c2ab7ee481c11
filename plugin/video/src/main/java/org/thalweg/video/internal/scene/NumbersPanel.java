package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** The numbers of the frame shown, as recorded; between two frames, those of the earlier one. */
final class NumbersPanel {

    private static final double TITLE = 34;
    private static final double BELOW_TITLE = 47;
    private static final double LINE = 37;

    private NumbersPanel() {}

    /**
     * A line.
     *
     * @param subscript of the name
     * @param value right-aligned over all rows
     * @param after small text after the value
     * @param warning whether the name is a warning, shown alone
     */
    private record Row(String name, String subscript, String value, String after, boolean warning) {

        Row(String name, String value, String after) {
            this(name, "", value, after, false);
        }
    }

    /** Writes the run's name and a frame's numbers into an area; returns where they end. */
    static double draw(Pen pen, Rectangle2D area, String title, FrameNumbers moment) {
        TextStyle big = pen.bold().scaled(1.5);
        double y = area.getY() + pen.px(TITLE);
        big.write(pen.graphics(), big.fitted(title, area.getWidth()), area.getX(), y, Anchor.LEFT);
        y += pen.px(BELOW_TITLE);
        for (Row row : rows(moment)) {
            draw(pen, area, row, y);
            y += pen.px(LINE);
        }
        return y;
    }

    /** Largest number of rows over a run's frames. */
    static int mostRows(List<FrameNumbers> numbers) {
        return numbers.stream().mapToInt(moment -> rows(moment).size()).max().orElse(0);
    }

    /** Height of {@code rows} rows with the run's name above them. */
    static double height(Pen pen, int rows) {
        return pen.px(TITLE + BELOW_TITLE + rows * LINE);
    }

    private static List<Row> rows(FrameNumbers moment) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("epoch", Integer.toString(moment.epoch()), ""));
        rows.add(new Row("iteration", String.format(Locale.ROOT, "%,d", moment.iteration()), ""));
        rows.add(new Row("loss", Ticks.label(moment.loss(), 4), ""));
        moment.validationLoss().ifPresent(loss -> rows.add(new Row("validation loss", Ticks.label(loss, 4), "")));
        moment.accuracy().ifPresent(accuracy -> rows.add(new Row("accuracy", percent(accuracy), "")));
        moment.validationAccuracy().ifPresent(accuracy -> rows.add(new Row("validation acc.", percent(accuracy), "")));
        addCurvature(rows, moment.curvature());
        if (moment.status() == Frame.Status.DIVERGED) {
            rows.add(new Row("diverged: nothing finite to show", "", "", "", true));
        } else if (moment.status() != Frame.Status.COMPLETE) {
            rows.add(new Row("partial surface", "", "", "", true));
        }
        return rows;
    }

    private static void addCurvature(List<Row> rows, CurvatureValues curvature) {
        Optional<Eigenvalue> largest = curvature.lambdaMax();
        Optional<Eigenvalue> smallest = curvature.lambdaMin();
        largest.ifPresent(value -> rows.add(eigenvalue("max", value)));
        smallest.ifPresent(value -> rows.add(eigenvalue("min", value)));
        if (largest.isEmpty() && smallest.isEmpty()) {
            String reason = curvature.reason().orElse("none");
            if (!reason.equals("off")) {
                rows.add(new Row("curvature", "", "absent: " + reason));
            }
        } else if (!curvature.method().equals("exact")) {
            rows.add(new Row("", "", "by " + curvature.method()));
        }
    }

    /** An eigenvalue lies within its residual of the number; one that did not converge is only a Ritz value. */
    private static Row eigenvalue(String end, Eigenvalue value) {
        return new Row(
                "\u03BB",
                end,
                (value.converged() ? "" : "~ ") + Ticks.label(value.value(), 4),
                "\u00B1 " + Ticks.label(value.residual(), 2),
                false);
    }

    private static String percent(double accuracy) {
        return String.format(Locale.ROOT, "%.1f %%", accuracy);
    }

    private static void draw(Pen pen, Rectangle2D area, Row row, double y) {
        TextStyle label = row.warning() ? pen.bold().in(pen.theme().marker()) : pen.muted();
        label.write(pen.graphics(), row.name(), area.getX(), y, Anchor.LEFT);
        double below = area.getX() + label.width(row.name()) + pen.px(1);
        label.scaled(0.72).write(pen.graphics(), row.subscript(), below, y + pen.px(5), Anchor.LEFT);
        double edge = area.getX() + area.getWidth() * 0.69;
        pen.bold().write(pen.graphics(), row.value(), edge, y, Anchor.RIGHT);
        if (!row.after().isEmpty()) {
            TextStyle small = pen.muted().scaled(0.86);
            double x = row.value().isEmpty() ? area.getX() + area.getWidth() * 0.3 : edge + pen.px(10);
            small.write(pen.graphics(), small.fitted(row.after(), area.getMaxX() - x + pen.px(4)), x, y, Anchor.LEFT);
        }
    }
}
