package org.thalweg.demo;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Pen;

/** Charts in columns, as one picture. */
public final class ChartSheet {

    private static final Theme THEME = Theme.LIGHT;
    /** Minimum width of the picture and of a column. */
    private static final int WIDTH = 1920;

    private static final int COLUMN = 960;
    private static final int MARGIN = 10;

    private ChartSheet() {}

    /**
     * Writes the sheet.
     *
     * @param file a PNG file
     * @param columns columns from left to right, each with its charts from top to bottom
     * @param heights heights of the rows, in pixels
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void write(Path file, List<List<Chart>> columns, List<Integer> heights) throws IOException {
        int width = Math.max(COLUMN, WIDTH / columns.size());
        int height = heights.stream().mapToInt(Integer::intValue).sum();
        Picture picture = new Picture(columns.size() * width, height);
        Arrays.fill(picture.pixels(), THEME.top());
        Pen.on(picture, THEME, pen -> {
            int left = 0;
            for (List<Chart> column : columns) {
                int top = 0;
                for (int row = 0; row < column.size(); row++) {
                    int bottom = top + heights.get(row);
                    column.get(row).draw(pen, area(left, top, width, bottom), Double.POSITIVE_INFINITY);
                    top = bottom;
                }
                left += width;
            }
        });
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
    }

    private static Rectangle2D area(int left, int top, int width, int bottom) {
        return new Rectangle2D.Double(left + MARGIN, top + MARGIN, width - 2 * MARGIN, bottom - top - 2 * MARGIN);
    }
}
