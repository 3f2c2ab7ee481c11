package org.thalweg.demo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Digits drawn by the demo, for use without a data set: 28 x 28 pixels, in several styles with a shaky hand, slanted,
 * stretched and shifted, with pens of different widths, stray marks, blur and noise. An image depends on the seed and
 * its number alone.
 *
 * <p>Thread-safe.
 */
public final class StrokeDigits {

    private static final int SIDE = 28;
    private static final double SHAKE = 0.03;
    private static final double STRAY_MARK_PROBABILITY = 0.25;

    private final long seed;
    private final DigitStyles styles = DigitStyles.load();

    /**
     * @param seed seed of everything drawn
     */
    public StrokeDigits(long seed) {
        this.seed = seed;
    }

    /**
     * Draws images for training and different ones for validation.
     *
     * @param training number of training images
     * @param validation number of validation images
     */
    public ImageSplit split(int training, int validation) {
        return new ImageSplit(draw(0, training), Optional.of(draw(training, validation)));
    }

    private LabelledImages draw(int first, int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            UniformRandomProvider random = RandomStreams.of(seed, first + i);
            labels[i] = (byte) random.nextInt(LabelledImages.CLASSES);
            double[] image = new Pen(random).write(labels[i]);
            for (int p = 0; p < image.length; p++) {
                pixels[i * SIDE * SIDE + p] = (byte) Math.round(255 * Math.max(0, Math.min(1, image[p])));
            }
        });
        return new LabelledImages(pixels, labels, SIDE, SIDE, "stroke digits drawn with seed " + seed);
    }

    /** The handwriting of one digit. */
    private final class Pen {
        private final UniformRandomProvider random;
        private final ZigguratSampler.NormalizedGaussian gaussian;
        private final double slant;
        private final double cos;
        private final double sin;
        private final double width;
        private final double height;
        private final double shiftX;
        private final double shiftY;
        private final double radius;

        Pen(UniformRandomProvider random) {
            this.random = random;
            this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            // StrictMath gives the same images on every machine.
            double angle = normal(0, 0.14);
            this.cos = StrictMath.cos(angle);
            this.sin = StrictMath.sin(angle);
            this.slant = normal(0.08, 0.2);
            this.width = uniform(11, 19);
            this.height = uniform(15, 21);
            this.shiftX = normal(0, 1.1);
            this.shiftY = normal(0, 1.1);
            this.radius = uniform(0.6, 1.7);
        }

        double[] write(int digit) {
            List<List<DigitStyles.Stroke>> ways = styles.of(digit);
            List<Polyline> ink = new ArrayList<>();
            for (DigitStyles.Stroke stroke : ways.get(random.nextInt(ways.size()))) {
                ink.add(trace(stroke));
            }
            if (random.nextDouble() < STRAY_MARK_PROBABILITY) {
                ink.add(strayMark());
            }
            double[] image = blur(paint(ink, uniform(0.6, 1)), uniform(0.3, 1.0));
            double noise = uniform(0.02, 0.15);
            for (int p = 0; p < image.length; p++) {
                image[p] += normal(0, noise);
            }
            return image;
        }

        /** The stroke after all distortions, in pixels. */
        private Polyline trace(DigitStyles.Stroke stroke) {
            int points = stroke.x().length;
            double[] x = new double[points];
            double[] y = new double[points];
            for (int i = 0; i < points; i++) {
                double v = (stroke.y()[i] - 0.5 + normal(0, SHAKE)) * height;
                double u = (stroke.x()[i] - 0.5 + normal(0, SHAKE)) * width - slant * v;
                x[i] = SIDE / 2.0 + shiftX + cos * u - sin * v;
                y[i] = SIDE / 2.0 + shiftY + sin * u + cos * v;
            }
            return stroke.smooth() ? Polyline.smooth(x, y) : new Polyline(x, y);
        }

        /** A short stray mark at a random place. */
        private Polyline strayMark() {
            double x = uniform(1, SIDE - 1);
            double y = uniform(1, SIDE - 1);
            return new Polyline(new double[] {x, x + normal(0, 4)}, new double[] {y, y + normal(0, 4)});
        }

        private double[] paint(List<Polyline> ink, double darkness) {
            double reach = radius + 0.5;
            double[] squares = new double[SIDE * SIDE];
            Arrays.fill(squares, Double.POSITIVE_INFINITY);
            ink.forEach(line -> line.lower(squares, SIDE, reach));
            double[] image = new double[squares.length];
            for (int p = 0; p < image.length; p++) {
                image[p] = darkness * Math.max(0, Math.min(1, reach - Math.sqrt(squares[p])));
            }
            return image;
        }

        private double uniform(double from, double to) {
            return from + (to - from) * random.nextDouble();
        }

        private double normal(double mean, double deviation) {
            return mean + deviation * gaussian.sample();
        }
    }

    /** Gaussian blur with five taps on each side; deviation in pixels. */
    private static double[] blur(double[] image, double deviation) {
        double near = StrictMath.exp(-0.5 / (deviation * deviation));
        double far = StrictMath.exp(-2 / (deviation * deviation));
        double sum = 1 + 2 * near + 2 * far;
        double[] taps = {far / sum, near / sum, 1 / sum, near / sum, far / sum};
        return convolve(convolve(image, taps, 1), taps, SIDE);
    }

    /** Along rows for stride 1, along columns for stride {@link #SIDE}; pixels outside the image are 0. */
    private static double[] convolve(double[] image, double[] taps, int stride) {
        double[] result = new double[image.length];
        for (int p = 0; p < image.length; p++) {
            int position = p / stride % SIDE;
            for (int t = -2; t <= 2; t++) {
                if (position + t >= 0 && position + t < SIDE) {
                    result[p] += taps[t + 2] * image[p + t * stride];
                }
            }
        }
        return result;
    }
}
