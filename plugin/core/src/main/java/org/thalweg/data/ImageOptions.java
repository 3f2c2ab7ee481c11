package org.thalweg.data;

import java.util.Optional;

/**
 * How the pixels of image files and the bytes of image arrays become numbers. Immutable; thread-safe.
 *
 * @param size size to which image files are resized; empty for their own, which must then be the same for all
 * @param range values of the darkest and the brightest pixel; empty for 0 to 1, or for unchanged bytes in NumPy's
 *     arrays
 * @since 0.2.0
 */
public record ImageOptions(Optional<Size> size, Optional<Range> range) {

    /** Images of their own size, with pixels from 0 to 1. */
    public static final ImageOptions DEFAULT = new ImageOptions(Optional.empty(), Optional.empty());

    private static final Range UNIT = new Range(0, 1);

    /**
     * A size in pixels.
     *
     * @param width from 1 to 16384
     * @param height from 1 to 16384
     */
    public record Size(int width, int height) {

        private static final int LARGEST = 1 << 14;

        public Size {
            if (Math.min(width, height) < 1 || Math.max(width, height) > LARGEST) {
                throw new IllegalArgumentException(
                        "width and height of images must be from 1 to " + LARGEST + ", got " + width + "x" + height);
            }
        }

        int area() {
            return width * height;
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /**
     * Values of pixels.
     *
     * @param from value of the darkest pixel, 0 in its file
     * @param to value of the brightest pixel, 255 in its file
     */
    public record Range(double from, double to) {

        public Range {
            if (!Double.isFinite(from) || !Double.isFinite(to) || from == to) {
                throw new IllegalArgumentException(
                        "a range of pixels must have two different, finite ends, got " + from + " and " + to);
            }
        }

        /** The value of a pixel from 0 to 255. */
        float of(float pixel) {
            // For 0 to 1 this equals a division in single precision exactly.
            return equals(UNIT) ? pixel / 255f : (float) (from + (to - from) * pixel / 255);
        }
    }

    /** With another size. */
    public ImageOptions withSize(int width, int height) {
        return new ImageOptions(Optional.of(new Size(width, height)), range);
    }

    /** With other values of pixels. */
    public ImageOptions withRange(double from, double to) {
        return new ImageOptions(size, Optional.of(new Range(from, to)));
    }

    /** The range of images. */
    Range pixels() {
        return range.orElse(UNIT);
    }
}
