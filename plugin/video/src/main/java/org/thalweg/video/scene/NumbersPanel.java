package org.thalweg.video.scene;

import java.awt.geom.Rectangle2D;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.video.text.Lettering;
import org.thalweg.video.text.Lettering.Anchor;

/** The numbers of the frame that is shown, as recorded: between two frames they stay those of the earlier one. */
final class NumbersPanel {

    private static final double LINE = 37;

    private final Pen pen;
    private final Rectangle2D area;
    private double y;

    private NumbersPanel(Pen pen, Rectangle2D area) {
        this.pen = pen;
        this.area = area;
        this.y = area.getY();
    }

    /** Writes the run's name and the moment's numbers into an area; returns where they end. */
    static double draw(Pen pen, Rectangle2D area, String title, Moment moment) {
        NumbersPanel panel = new NumbersPanel(pen, area);
        panel.title(title);
        panel.row("epoch", Integer.toString(moment.epoch()), "");
        panel.row("iteration", String.format(Locale.ROOT, "%,d", moment.iteration()), "");
        panel.row("loss", Ticks.label(moment.loss(), 4), "");
        moment.validationLoss().ifPresent(loss -> panel.row("validation loss", Ticks.label(loss, 4), ""));
        moment.accuracy().ifPresent(accuracy -> panel.row("accuracy", percent(accuracy), ""));
        moment.validationAccuracy().ifPresent(accuracy -> panel.row("validation acc.", percent(accuracy), ""));
        panel.curvature(moment.curvature());
        panel.status(moment.status());
        return panel.y;
    }

    private void title(String title) {
        Lettering big = pen.bold().scaled(1.5);
        y += pen.px(34);
        big.write(pen.graphics(), big.fitted(title, area.getWidth()), area.getX(), y, Anchor.LEFT);
        y += pen.px(LINE + 10);
    }

    private void curvature(CurvatureValues curvature) {
        Optional<Eigenvalue> largest = curvature.lambdaMax();
        Optional<Eigenvalue> smallest = curvature.lambdaMin();
        largest.ifPresent(value -> eigenvalue("max", value));
        smallest.ifPresent(value -> eigenvalue("min", value));
        if (largest.isEmpty() && smallest.isEmpty()) {
            String reason = curvature.reason().orElse("none");
            if (!reason.equals("off")) {
                row("curvature", "", "absent: " + reason);
            }
        } else if (!curvature.method().equals("exact")) {
            row("", "", "by " + curvature.method());
        }
    }

    /** An eigenvalue lies within its residual of the number; one that did not converge is only a Ritz value. */
    private void eigenvalue(String end, Eigenvalue value) {
        Lettering label = pen.muted();
        label.write(pen.graphics(), "\u03BB", area.getX(), y, Anchor.LEFT);
        double after = area.getX() + label.width("\u03BB") + pen.px(1);
        label.scaled(0.72).write(pen.graphics(), end, after, y + pen.px(5), Anchor.LEFT);
        String error = "\u00B1 " + Ticks.label(value.residual(), 2);
        row("", (value.converged() ? "" : "~ ") + Ticks.label(value.value(), 4), error);
    }

    private void status(Frame.Status status) {
        if (status != Frame.Status.COMPLETE) {
            String text = status == Frame.Status.DIVERGED ? "diverged: nothing finite to show" : "partial surface";
            pen.bold().in(pen.theme().marker()).write(pen.graphics(), text, area.getX(), y, Anchor.LEFT);
            y += pen.px(LINE);
        }
    }

    private static String percent(double accuracy) {
        return String.format(Locale.ROOT, "%.1f %%", accuracy);
    }

    /** A name, its number at a common right edge, and what belongs to it after that. */
    private void row(String name, String value, String after) {
        double edge = area.getX() + area.getWidth() * 0.69;
        pen.muted().write(pen.graphics(), name, area.getX(), y, Anchor.LEFT);
        pen.bold().write(pen.graphics(), value, edge, y, Anchor.RIGHT);
        if (!after.isEmpty()) {
            Lettering small = pen.muted().scaled(0.86);
            double x = value.isEmpty() ? area.getX() + area.getWidth() * 0.3 : edge + pen.px(10);
            small.write(pen.graphics(), small.fitted(after, area.getMaxX() - x + pen.px(4)), x, y, Anchor.LEFT);
        }
        y += pen.px(LINE);
    }
}
