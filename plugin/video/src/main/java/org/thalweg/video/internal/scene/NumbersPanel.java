package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.topology.PlaneComparison;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The numbers of the frame shown, as recorded. Between two frames, iteration, losses, accuracies and eigenvalues are
 * interpolated with the surface, and the panel says so; the eigenvalues' errors are left out.
 */
final class NumbersPanel {

    private static final double TITLE = 34;
    private static final double BELOW_TITLE = 47;
    private static final double LINE = 37;

    /** Number of characters in a line of small text; a longer word is cut. */
    private static final int LINE_LENGTH = 42;

    /** Closer to a frame than this, its own numbers are shown. */
    private static final double BETWEEN = 1e-6;

    /** Largest number of rows of {@link #few}. */
    static final int MOST_OF_FEW = 6;

    private static final String LAMBDA = "\u03BB";

    private static final Set<String> FEW = Set.of("iteration", "loss", "accuracy", LAMBDA + "max", "surface");

    private NumbersPanel() {}

    /**
     * A line.
     *
     * @param subscript of the name
     * @param value right-aligned over all rows
     * @param after small text after the value
     * @param warning whether the name is a warning, shown alone
     */
    record Row(String name, String subscript, String value, String after, boolean warning) {

        Row(String name, String value, String after) {
            this(name, "", value, after, false);
        }
    }

    /** Writes the run's name and rows into an area; returns where they end. */
    static double draw(Pen pen, Rectangle2D area, String title, List<Row> rows) {
        TextStyle big = pen.bold().scaled(1.5);
        double y = area.getY() + pen.px(TITLE);
        big.write(pen.graphics(), big.fitted(title, area.getWidth()), area.getX(), y, Anchor.LEFT);
        y += pen.px(BELOW_TITLE);
        for (Row row : rows) {
            draw(pen, area, row, y);
            y += pen.px(LINE);
        }
        return y;
    }

    /** Largest number of rows over a run's frames and between them. */
    static int mostRows(List<FrameNumbers> numbers) {
        return 1 + numbers.stream().mapToInt(frame -> rows(frame).size()).max().orElse(0);
    }

    /** Height of {@code rows} rows with the run's name above them. */
    static double height(Pen pen, int rows) {
        return pen.px(TITLE + BELOW_TITLE + rows * LINE);
    }

    /** The rows at a time. */
    static List<Row> rows(SurfaceTimeline timeline, double time) {
        int index = timeline.frameAt(time);
        FrameNumbers from = timeline.numbers().get(index);
        double share = time - index;
        if (share < BETWEEN
                || share > 1 - BETWEEN
                || index + 1 >= timeline.numbers().size()) {
            return rows(
                    share > 0.5 && index + 1 < timeline.numbers().size()
                            ? timeline.numbers().get(index + 1)
                            : from);
        }
        FrameNumbers to = timeline.numbers().get(index + 1);
        List<Row> rows = new ArrayList<>(rows(from.towards(to, share)));
        rows.replaceAll(row -> row.name().equals(LAMBDA) ? between(row, from.curvature(), to.curvature(), share) : row);
        String between =
                String.format(Locale.ROOT, "between %,d and %,d, interpolated", from.iteration(), to.iteration());
        rows.add(0, new Row("", "", "", between, false));
        return rows;
    }

    /** An eigenvalue between two frames, without an error, which neither frame has of it. */
    private static Row between(Row row, CurvatureValues from, CurvatureValues to, double share) {
        boolean isLargest = row.subscript().equals("max");
        Optional<Eigenvalue> before = isLargest ? from.lambdaMax() : from.lambdaMin();
        Optional<Eigenvalue> after = isLargest ? to.lambdaMax() : to.lambdaMin();
        if (before.isEmpty() || after.isEmpty()) {
            return row;
        }
        double value = before.get().value()
                + share * (after.get().value() - before.get().value());
        boolean converged = before.get().converged() && after.get().converged();
        return new Row(LAMBDA, row.subscript(), (converged ? "" : "~ ") + Ticks.label(value, 4), "", false);
    }

    /** The few rows that fit for each of several runs. */
    static List<Row> few(SurfaceTimeline timeline, double time) {
        return rows(timeline, time).stream()
                .filter(row ->
                        FEW.contains(row.name() + row.subscript()) || row.name().isEmpty() || row.warning())
                .toList();
    }

    private static List<Row> rows(FrameNumbers frame) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("epoch", Integer.toString(frame.epoch()), ""));
        rows.add(new Row("iteration", String.format(Locale.ROOT, "%,d", frame.iteration()), ""));
        rows.add(new Row("loss", Ticks.label(frame.loss(), 4), ""));
        frame.validationLoss().ifPresent(loss -> rows.add(new Row("validation loss", Ticks.label(loss, 4), "")));
        frame.accuracy().ifPresent(accuracy -> rows.add(new Row("accuracy", percent(accuracy), "")));
        frame.validationAccuracy().ifPresent(accuracy -> rows.add(new Row("validation acc.", percent(accuracy), "")));
        addCurvature(rows, frame.curvature());
        rows.add(new Row("surface", frame.points(), "points"));
        frame.error().ifPresent(error -> rows.add(new Row("interpolated", "within " + error, "estimated")));
        PlaneComparison.of(frame.curvature())
                .ifPresent(planes ->
                        lines("plane " + planes.words()).forEach(line -> rows.add(new Row("", "", "", line, false))));
        if (frame.status() == Frame.Status.DIVERGED) {
            rows.add(new Row("diverged: no finite values", "", "", "", true));
        } else if (frame.status() != Frame.Status.COMPLETE) {
            rows.add(new Row("partial surface", "", "", "", true));
        }
        frame.warning().ifPresent(words -> lines(words).forEach(line -> rows.add(new Row("", "", "", line, false))));
        return rows;
    }

    /** A sentence in lines that fit next to the surface. */
    private static List<String> lines(String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > LINE_LENGTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
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

    /** The error shown is the larger of the residual and the 95 % bar of sampling; one that did not converge is only a Ritz value. */
    private static Row eigenvalue(String end, Eigenvalue value) {
        return new Row(
                LAMBDA,
                end,
                (value.converged() ? "" : "~ ") + Ticks.label(value.value(), 4),
                "\u00B1 " + Ticks.label(value.bar(), 2),
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
            double x = row.value().isEmpty()
                    ? area.getX() + (row.name().isEmpty() ? 0 : area.getWidth() * 0.3)
                    : edge + pen.px(10);
            small.write(pen.graphics(), small.fitted(row.after(), area.getMaxX() - x + pen.px(4)), x, y, Anchor.LEFT);
        }
    }
}
