package org.thalweg.demo.convexity;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.Pen;
import org.thalweg.video.internal.scene.Ticks;
import org.thalweg.video.internal.text.OutlineFont;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** Convexity maps side by side: a coloured square with the ratio for each point, from 0 (convex) to 1. */
public final class ConvexityPlot {

    private static final Theme THEME = Theme.LIGHT;
    private static final ColorMap COLORS = ColorMap.VIRIDIS;
    /** Colours of larger ratios are too bright for white letters. */
    private static final double BRIGHT = 0.6;

    private static final int WHITE = 0xFFFFFF;
    private static final int BLACK = 0x000000;

    /** Size of a map and its margins, in pixels. */
    private static final int COLUMN = 960;

    private static final int HEIGHT = 1000;
    private static final int SIDE = 800;
    private static final int LEFT = 110;
    private static final int TOP = 100;
    /** Gap between the map and its coordinates. */
    private static final double GAP = 30;

    private static final double TEXT = 26;
    /** Size of letters as a share of a square's side. */
    private static final double LETTERS_OF_CELL = 0.4;

    private static final TextStyle MUTED = new TextStyle(OutlineFont.REGULAR, TEXT, THEME.muted());
    private static final TextStyle BOLD = new TextStyle(OutlineFont.BOLD, 32, THEME.text());

    private ConvexityPlot() {}

    /**
     * Writes the picture.
     *
     * @param file a PNG file
     * @param looks the maps, from left to right
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void write(Path file, List<ConvexityStudy> looks) throws IOException {
        Picture picture = new Picture(looks.size() * COLUMN, HEIGHT);
        Arrays.fill(picture.pixels(), THEME.top());
        Pen.on(picture, THEME, pen -> {
            for (int i = 0; i < looks.size(); i++) {
                draw(pen, looks.get(i), i * COLUMN + LEFT);
            }
        });
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
    }

    private static void draw(Pen pen, ConvexityStudy look, double left) {
        double[][] ratios = look.ratios();
        Rectangle2D area = new Rectangle2D.Double(left, TOP, SIDE, SIDE);
        BOLD.writeCentered(
                pen.graphics(),
                look.name() + ": |\u03BB_min / \u03BB_max|",
                area.getCenterX(),
                TOP / 2.0,
                Anchor.CENTER);
        double cell = (double) SIDE / ratios.length;
        for (int row = 0; row < ratios.length; row++) {
            double y = area.getMaxY() - (row + 1) * cell;
            for (int column = 0; column < ratios[row].length; column++) {
                cell(pen, ratios[row][column], new Rectangle2D.Double(left + column * cell, y, cell, cell));
            }
        }
        axes(pen, look.frame().surface(), area, cell);
    }

    /** Empty if there are no eigenvalues. */
    private static void cell(Pen pen, double ratio, Rectangle2D area) {
        if (Double.isNaN(ratio)) {
            return;
        }
        pen.fill(area, COLORS.at(ratio), 1);
        new TextStyle(
                        OutlineFont.REGULAR,
                        Math.min(TEXT, LETTERS_OF_CELL * area.getWidth()),
                        ratio < BRIGHT ? WHITE : BLACK)
                .writeCentered(
                        pen.graphics(),
                        String.format(Locale.ROOT, "%.2f", ratio),
                        area.getCenterX(),
                        area.getCenterY(),
                        Anchor.CENTER);
    }

    /** Labels the first, the middle and the last coordinate. */
    private static void axes(Pen pen, SurfaceValues surface, Rectangle2D area, double cell) {
        for (double share : new double[] {0, 0.5, 1}) {
            double offset = cell / 2 + share * (SIDE - cell);
            String alpha = Ticks.shortLabel(at(surface.alpha(), share));
            String beta = Ticks.shortLabel(at(surface.beta(), share));
            MUTED.writeCentered(pen.graphics(), alpha, area.getX() + offset, area.getMaxY() + GAP, Anchor.CENTER);
            MUTED.writeCentered(pen.graphics(), beta, area.getX() - GAP / 2, area.getMaxY() - offset, Anchor.RIGHT);
        }
        double below = area.getMaxY() + 2.4 * GAP;
        BOLD.writeCentered(pen.graphics(), "\u03B1", area.getCenterX(), below, Anchor.CENTER);
        BOLD.writeCentered(pen.graphics(), "\u03B2", area.getX() - 2.4 * GAP, area.getCenterY(), Anchor.CENTER);
    }

    private static double at(double[] coordinates, double share) {
        return coordinates[(int) Math.round(share * (coordinates.length - 1))];
    }
}
