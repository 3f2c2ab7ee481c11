package org.thalweg.video.internal.scene;

import java.util.List;
import org.thalweg.video.internal.color.Srgb;
import org.thalweg.video.internal.raster.Camera;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The box around a surface: grid lines on the two walls behind it, the frame of the ground, ticks and labels along the
 * edges that face the camera. Immutable.
 *
 * @param alpha first and last alpha
 * @param beta first and last beta
 * @param scale of the values
 * @param quantity name of the values
 * @param bottom z of the ground
 * @param top z of height 1
 */
record Axes(double[] alpha, double[] beta, ValueScale scale, String quantity, double bottom, double top) {

    /** Labels of the vertical axis that are closer than this would overlap. */
    private static final double LABEL_HEIGHT = 22;

    /** About where an axis has its name, of -1 to 1. */
    private static final double NAME = 0.25;

    /** Part of an edge whose direction is that of the edge in the picture. */
    private static final double ALONG = 0.1;

    /** Draws what the surface may hide; call it before the surface is drawn. */
    void drawBehind(Pen pen, Camera camera) {
        double wallX = camera.eye(0) > 0 ? -1 : 1;
        double wallY = camera.eye(1) > 0 ? -1 : 1;
        Pen.Ink faint = pen.ink(pen.theme().line(), 1.2, 0.75);
        for (double loss : lossTicks()) {
            double z = top * scale.height(loss);
            segment(pen, camera, faint, wallX, -1, z, wallX, 1, z);
            segment(pen, camera, faint, -1, wallY, z, 1, wallY, z);
        }
        for (double value : Ticks.linear(alpha[0], alpha[1], 4)) {
            double x = place(value, alpha);
            segment(pen, camera, faint, x, wallY, bottom, x, wallY, top);
        }
        for (double value : Ticks.linear(beta[0], beta[1], 4)) {
            double y = place(value, beta);
            segment(pen, camera, faint, wallX, y, bottom, wallX, y, top);
        }
    }

    /** Draws labels and the frame of the ground; call it after the surface, which never hides them. */
    void drawFront(Pen pen, Camera camera) {
        double frontX = camera.eye(0) > 0 ? 1 : -1;
        double frontY = camera.eye(1) > 0 ? 1 : -1;
        Pen.Ink edge = pen.ink(pen.theme().muted(), 1.6, 0.9);
        segment(pen, camera, edge, -1, frontY, bottom, 1, frontY, bottom);
        segment(pen, camera, edge, frontX, -1, bottom, frontX, 1, bottom);
        // Seen end on, an axis' labels would overlap: its first and last one are far enough apart.
        double distance = Math.hypot(camera.eye(0), camera.eye(1));
        double alphaShown = shown(Math.abs(camera.eye(1)) / distance);
        double betaShown = shown(Math.abs(camera.eye(0)) / distance);
        List<Double> alphas = Ticks.linear(alpha[0], alpha[1], 4);
        List<Double> betas = Ticks.linear(beta[0], beta[1], 4);
        for (double value : alphas) {
            double opacity = isEnd(value, alphas) ? 1 : alphaShown;
            Label label = new Label(pen.muted(), opacity, 0, true);
            outside(pen, camera, place(value, alpha), frontY, Ticks.shortLabel(value), label);
        }
        for (double value : betas) {
            double opacity = isEnd(value, betas) ? 1 : betaShown;
            Label label = new Label(pen.muted(), opacity, 0, false);
            outside(pen, camera, frontX, place(value, beta), Ticks.shortLabel(value), label);
        }
        double names = pen.px(40);
        TextStyle bold = pen.bold().scaled(1.2);
        outside(pen, camera, betweenTicks(alphas, alpha), frontY, "\u03B1", new Label(bold, 1, names, true));
        outside(pen, camera, frontX, betweenTicks(betas, beta), "\u03B2", new Label(bold, 1, names, false));
        lossAxis(pen, camera);
    }

    /** Where an axis has its name: past the middle and between two ticks, whose labels it would meet elsewhere. */
    private static double betweenTicks(List<Double> ticks, double[] range) {
        for (int i = 1; i < ticks.size(); i++) {
            double after = place(ticks.get(i), range);
            if (after > NAME) {
                return 0.5 * (place(ticks.get(i - 1), range) + after);
            }
        }
        return NAME;
    }

    private List<Double> lossTicks() {
        return scale.ticks(5);
    }

    /** Labels along the leftmost upright edge. */
    private void lossAxis(Pen pen, Camera camera) {
        double x = -1;
        double y = -1;
        for (int corner = 1; corner < 4; corner++) {
            double otherX = (corner & 1) == 0 ? -1 : 1;
            double otherY = (corner & 2) == 0 ? -1 : 1;
            if (camera.x(otherX, otherY, top) < camera.x(x, y, top)) {
                x = otherX;
                y = otherY;
            }
        }
        segment(pen, camera, pen.ink(pen.theme().muted(), 1.6, 0.9), x, y, bottom, x, y, top);
        TextStyle text = pen.muted();
        double below = Double.POSITIVE_INFINITY;
        for (double loss : lossTicks()) {
            double z = top * scale.height(loss);
            double px = camera.x(x, y, z);
            double py = camera.y(x, y, z);
            pen.line(px - pen.px(7), py, px, py, pen.ink(pen.theme().muted(), 1.6, 0.9));
            if (below - py >= pen.px(LABEL_HEIGHT)) {
                text.writeCentered(pen.graphics(), Ticks.shortLabel(loss), px - pen.px(13), py, Anchor.RIGHT);
                below = py;
            }
        }
        String name = scale.logarithmic() ? quantity + " (log)" : quantity;
        double px = camera.x(x, y, top);
        // To the left of the corner, since the surface may reach it.
        pen.text().write(pen.graphics(), name, px + pen.px(6), camera.y(x, y, top) - pen.px(22), Anchor.RIGHT);
    }

    /** Style and opacity of a label, its distance from the ticks in pixels, and its axis. */
    private record Label(TextStyle lettering, double opacity, double further, boolean alongX) {}

    /** Writes next to an edge of the ground, at a right angle to it and far enough outside for the text's width. */
    private void outside(Pen pen, Camera camera, double x, double y, String text, Label label) {
        if (label.opacity == 0) {
            return;
        }
        double px = camera.x(x, y, bottom);
        double py = camera.y(x, y, bottom);
        double endX = label.alongX ? x + ALONG : x;
        double endY = label.alongX ? y : y + ALONG;
        double outX = camera.y(endX, endY, bottom) - py;
        double outY = px - camera.x(endX, endY, bottom);
        double fartherX = camera.x(label.alongX ? x : 2 * x, label.alongX ? 2 * y : y, bottom) - px;
        double fartherY = camera.y(label.alongX ? x : 2 * x, label.alongX ? 2 * y : y, bottom) - py;
        double length = Math.copySign(Math.hypot(outX, outY), outX * fartherX + outY * fartherY);
        double width = label.lettering.width(text) / 2;
        double push = pen.px(20) + label.further + width * Math.abs(outX / length);
        TextStyle lettering =
                label.lettering.in(Srgb.mix(pen.theme().bottom(), label.lettering.color(), label.opacity));
        lettering.writeCentered(
                pen.graphics(), text, px + push * outX / length, py + push * outY / length, Anchor.CENTER);
    }

    private static boolean isEnd(double value, List<Double> values) {
        return value == values.get(0) || value == values.get(values.size() - 1);
    }

    private static double shown(double turn) {
        return Math.max(0, Math.min(1, (turn - 0.2) / 0.12));
    }

    private static double place(double value, double[] range) {
        return 2 * (value - range[0]) / (range[1] - range[0]) - 1;
    }

    private static void segment(
            Pen pen, Camera camera, Pen.Ink ink, double x0, double y0, double z0, double x1, double y1, double z1) {
        pen.line(camera.x(x0, y0, z0), camera.y(x0, y0, z0), camera.x(x1, y1, z1), camera.y(x1, y1, z1), ink);
    }
}
