package org.thalweg.video.internal.scene;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.video.color.ColorMap;

/**
 * The density of the Hessian's eigenvalues over a run: colours over iteration and eigenvalue, and one frame's density
 * as a curve. Both are logarithmic over {@value #DECADES} decades below the run's highest density, since the bulk
 * around 0 outweighs the outliers by that much. Thread-safe.
 */
final class DensityMap {

    private static final int DECADES = 6;

    /** Half the width, in units, of a frame whose neighbours have no density. */
    private static final double ALONE = 6;

    private static final double FUTURE = 0.35;

    private final List<Recorded> recorded;
    private final ColorMap colors;
    private final double top;
    private volatile Optional<Drawn> drawn = Optional.empty();

    /** The densities of the frames that have one, which need not be consecutive frames of the run. */
    private record Recorded(int frame, double iteration, double[] lambda, double[] value) {}

    /** The colours of a plot of one size. */
    private record Drawn(AxisScale scale, int width, int height, BufferedImage image) {}

    private DensityMap(List<Recorded> recorded, ColorMap colors, double top) {
        this.recorded = recorded;
        this.colors = colors;
        this.top = top;
    }

    /** The densities of a run; empty when no frame has one. */
    static Optional<DensityMap> of(List<FrameNumbers> numbers, ColorMap colors) {
        List<Recorded> recorded = new ArrayList<>();
        double top = 0;
        for (int i = 0; i < numbers.size(); i++) {
            Optional<SpectralDensityValues> density = numbers.get(i).curvature().density();
            if (density.isPresent()) {
                double[] value = density.get().value();
                recorded.add(new Recorded(
                        i, numbers.get(i).iteration(), density.get().lambda(), value));
                for (double v : value) {
                    top = Math.max(top, v);
                }
            }
        }
        return top > 0 ? Optional.of(new DensityMap(recorded, colors, top)) : Optional.empty();
    }

    /** The smallest and the largest eigenvalue whose density is within the decades shown. */
    double[] range() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Recorded density : recorded) {
            for (int i = 0; i < density.lambda.length; i++) {
                if (height(density.value[i]) > 0) {
                    low = Math.min(low, density.lambda[i]);
                    high = Math.max(high, density.lambda[i]);
                }
            }
        }
        return new double[] {low, high};
    }

    /** From 0 at the lowest density shown, or below, to 1 at the highest of the run. */
    private double height(double density) {
        return density > 0 ? Math.max(0, 1 + Math.log10(density / top) / DECADES) : 0;
    }

    /** Draws the colours behind a chart's curves, bright up to the iteration and pale after it. */
    void draw(Pen pen, Rectangle2D plot, AxisScale scale, double[] span, double iteration) {
        BufferedImage image = image(pen, plot, scale, span);
        double now = span[1] > span[0]
                ? plot.getX() + (iteration - span[0]) / (span[1] - span[0]) * plot.getWidth()
                : plot.getMaxX();
        Shape before = pen.graphics().getClip();
        pen.graphics().setClip(plot);
        pen.graphics().drawImage(image, (int) plot.getX(), (int) plot.getY(), null);
        pen.fill(
                new Rectangle2D.Double(now, plot.getY(), Math.max(0, plot.getMaxX() - now), plot.getHeight()),
                pen.theme().panel(),
                1 - FUTURE);
        pen.graphics().setClip(before);
    }

    private BufferedImage image(Pen pen, Rectangle2D plot, AxisScale scale, double[] span) {
        int width = Math.max(1, (int) Math.ceil(plot.getWidth()));
        int height = Math.max(1, (int) Math.ceil(plot.getHeight()));
        Optional<Drawn> known = drawn;
        if (known.isPresent()
                && known.get().scale.equals(scale)
                && known.get().width == width
                && known.get().height == height) {
            return known.get().image;
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        double[] lambdas = lambdas(scale, height);
        List<double[]> heights = recorded.stream().map(r -> heights(r, lambdas)).toList();
        for (int column = 0; column < width; column++) {
            double share = (column + 0.5) / width;
            double iteration = span[0] + share * (span[1] - span[0]);
            double reach = pen.px(ALONE) / width * (span[1] - span[0]);
            paint(image, column, at(heights, iteration, span[1] > span[0] ? reach : Double.POSITIVE_INFINITY));
        }
        drawn = Optional.of(new Drawn(scale, width, height, image));
        return image;
    }

    private static double[] lambdas(AxisScale scale, int rows) {
        double[] lambdas = new double[rows];
        for (int row = 0; row < rows; row++) {
            lambdas[row] = scale.value(1 - (row + 0.5) / rows);
        }
        return lambdas;
    }

    private double[] heights(Recorded density, double[] lambdas) {
        double[] heights = new double[lambdas.length];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = height(valueAt(density, lambdas[i]));
        }
        return heights;
    }

    /** Interpolates linearly between the grid's values; 0 outside. */
    private static double valueAt(Recorded density, double lambda) {
        double[] grid = density.lambda;
        double place = (lambda - grid[0]) / (grid[grid.length - 1] - grid[0]) * (grid.length - 1);
        if (!(place >= 0 && place <= grid.length - 1)) {
            return 0;
        }
        int cell = Math.min((int) place, grid.length - 2);
        return density.value[cell] + (place - cell) * (density.value[cell + 1] - density.value[cell]);
    }

    /** Shows two adjacent frames of the run, or a single one without neighbours; nothing elsewhere. */
    private double[] at(List<double[]> heights, double iteration, double reach) {
        for (int i = 0; i < recorded.size(); i++) {
            Recorded here = recorded.get(i);
            boolean joined = i + 1 < recorded.size() && recorded.get(i + 1).frame == here.frame + 1;
            if (joined && iteration >= here.iteration && iteration <= recorded.get(i + 1).iteration) {
                double length = recorded.get(i + 1).iteration - here.iteration;
                return mix(heights.get(i), heights.get(i + 1), length > 0 ? (iteration - here.iteration) / length : 1);
            }
            if (Math.abs(iteration - here.iteration) <= reach) {
                return heights.get(i);
            }
        }
        return new double[0];
    }

    private static double[] mix(double[] from, double[] to, double share) {
        double[] mixed = new double[from.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = from[i] + share * (to[i] - from[i]);
        }
        return mixed;
    }

    private void paint(BufferedImage image, int column, double[] heights) {
        for (int row = 0; row < heights.length; row++) {
            if (heights[row] > 0) {
                // Fades in over the lowest decade, so that the range shown has no hard edge.
                int opacity = (int) (255 * Math.min(1, heights[row] * DECADES));
                image.setRGB(column, row, opacity << 24 | colors.at(heights[row]));
            }
        }
    }

    /**
     * Draws the density of the latest frame that has one as a curve to the right of a vertical axis.
     *
     * @param frame the frame that is shown
     */
    void drawProfile(Pen pen, Rectangle2D plot, AxisScale scale, int frame) {
        Recorded shown = recorded.get(0);
        for (Recorded density : recorded) {
            shown = density.frame <= frame ? density : shown;
        }
        if (shown.frame > frame) {
            return;
        }
        double[] heights = heights(shown, lambdas(scale, Math.max(2, (int) plot.getHeight())));
        Path2D outline = new Path2D.Double();
        outline.moveTo(plot.getX(), plot.getY());
        for (int row = 0; row < heights.length; row++) {
            outline.lineTo(plot.getX() + heights[row] * plot.getWidth(), plot.getY() + row + 0.5);
        }
        outline.lineTo(plot.getX(), plot.getMaxY());
        Path2D area = new Path2D.Double(outline);
        area.closePath();
        pen.fill(area, pen.theme().curve(0), 0.35);
        pen.draw(outline, pen.ink(pen.theme().curve(0), 2, 1));
    }

    /** Round powers of ten for an axis, each with its position. */
    List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        int highest = (int) Math.floor(Math.log10(top));
        for (int exponent = highest; exponent > Math.log10(top) - DECADES; exponent -= 2) {
            levels.add(new Level(exponent, height(Math.pow(10, exponent))));
        }
        return levels;
    }

    /** An exponent of ten and its position, 0 to 1. */
    record Level(int exponent, double height) {}
}
