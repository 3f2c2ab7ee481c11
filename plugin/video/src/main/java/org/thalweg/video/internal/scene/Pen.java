package org.thalweg.video.internal.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.function.Consumer;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.text.OutlineFont;
import org.thalweg.video.internal.text.TextStyle;

/**
 * Draws on a picture in a theme's colours, with sizes that scale with the picture: a unit is a pixel at 1920x1080 and
 * at 1080x1920. Not thread-safe.
 */
public final class Pen {

    /** Size of ordinary text in units. */
    private static final double TEXT = 21;

    private final Graphics2D graphics;
    private final Theme theme;
    private final double unit;

    private Pen(Graphics2D graphics, Theme theme, double unit) {
        this.graphics = graphics;
        this.theme = theme;
        this.unit = unit;
    }

    /** Draws on a picture with a pen of a theme, scaled to the picture's size. */
    public static void on(Picture picture, Theme theme, Consumer<Pen> drawing) {
        Graphics2D graphics = picture.graphics();
        try {
            double longer = Math.max(picture.width(), picture.height());
            double shorter = Math.min(picture.width(), picture.height());
            double unit = Math.min(longer / 1920, shorter / 1080);
            drawing.accept(new Pen(graphics, theme, unit));
        } finally {
            graphics.dispose();
        }
    }

    /** The same pen with larger or smaller units. */
    Pen scaled(double factor) {
        return new Pen(graphics, theme, unit * factor);
    }

    /** The theme. */
    public Theme theme() {
        return theme;
    }

    /** Pixels for a number of units. */
    public double px(double units) {
        return units * unit;
    }

    /** The graphics that this pen draws with. */
    public Graphics2D graphics() {
        return graphics;
    }

    /** Ordinary text. */
    public TextStyle text() {
        return new TextStyle(OutlineFont.REGULAR, px(TEXT), theme.text());
    }

    /** Muted text. */
    public TextStyle muted() {
        return text().in(theme.muted());
    }

    /** Bold text. */
    public TextStyle bold() {
        return new TextStyle(OutlineFont.BOLD, px(TEXT), theme.text());
    }

    /** Draws a line between two points, with an opacity from 0 to 1. */
    public void line(double x0, double y0, double x1, double y1, Ink ink) {
        ink.use(graphics);
        graphics.draw(new Line2D.Double(x0, y0, x1, y1));
    }

    /** Draws a path's outline. */
    public void draw(Path2D path, Ink ink) {
        ink.use(graphics);
        graphics.draw(path);
    }

    /** Draws a disc around a point. */
    public void disc(double x, double y, double radius, int color, double opacity) {
        graphics.setColor(color(color, opacity));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** Fills an area. */
    public void fill(Shape area, int color, double opacity) {
        graphics.setColor(color(color, opacity));
        graphics.fill(area);
    }

    /** Fills the background of a chart. */
    public void panel(Rectangle2D area) {
        double round = px(10);
        graphics.setColor(color(theme.panel(), 0.85));
        graphics.fill(
                new RoundRectangle2D.Double(area.getX(), area.getY(), area.getWidth(), area.getHeight(), round, round));
    }

    /** A line's colour, width in pixels and opacity. */
    public Ink ink(int color, double units, double opacity) {
        return new Ink(color, Math.max(0.6, px(units)), opacity);
    }

    /** A line's colour, width in pixels and opacity. */
    public record Ink(int color, double width, double opacity) {

        void use(Graphics2D graphics) {
            graphics.setColor(Pen.color(color, opacity));
            graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
    }

    private static Color color(int color, double opacity) {
        int alpha = (int) Math.round(255 * Math.max(0, Math.min(1, opacity)));
        return new Color((color >> 16) & 0xFF, (color >> 8) & 0xFF, color & 0xFF, alpha);
    }
}
