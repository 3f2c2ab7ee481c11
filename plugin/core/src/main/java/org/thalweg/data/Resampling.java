package org.thalweg.data;

import org.thalweg.data.ImageOptions.Size;

/**
 * Resizes images with a triangle filter, first along rows, then along columns. When an image gets smaller the filter
 * widens with the scale, so that every pixel counts: Pillow calls this bilinear.
 */
final class Resampling {

    private Resampling() {}

    /**
     * Resizes a plane.
     *
     * @param plane row-major
     * @param from its size
     * @param to the size of the result
     */
    static float[] resize(float[] plane, Size from, Size to) {
        float[] narrow = new float[to.width() * from.height()];
        along(plane, 1, from.width(), narrow, from.width(), to.width(), from.height(), to.width(), 1);
        float[] resized = new float[to.area()];
        along(narrow, to.width(), 1, resized, from.height(), to.height(), to.width(), 1, to.width());
        return resized;
    }

    /**
     * Resizes lines.
     *
     * @param step distance of neighbours on a line
     * @param line distance of neighbouring lines
     * @param length values on a line
     * @param toLength values on a line of the result
     * @param lines number of lines
     * @param toLine distance of neighbouring lines of the result
     * @param toStep distance of neighbours there
     */
    private static void along(
            float[] values,
            int step,
            int line,
            float[] to,
            int length,
            int toLength,
            int lines,
            int toLine,
            int toStep) {
        double scale = (double) length / toLength;
        double width = Math.max(1, scale);
        for (int t = 0; t < toLength; t++) {
            double center = (t + 0.5) * scale;
            int first = Math.max(0, (int) (center - width + 0.5));
            int last = Math.min(length, (int) (center + width + 0.5));
            double[] weights = new double[last - first];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - center) / width));
                sum += weights[i];
            }
            for (int l = 0; l < lines; l++) {
                double value = 0;
                for (int i = 0; i < weights.length; i++) {
                    value += weights[i] * values[l * line + (first + i) * step];
                }
                to[l * toLine + t * toStep] = (float) (value / sum);
            }
        }
    }
}
