package org.thalweg.demo.data;

import java.util.Arrays;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Grey images of the ten digits. The arrays are not copied and must not be modified.
 *
 * @param pixels {@code [N, rows, columns]}, row-major, unsigned bytes
 * @param labels {@code [N]}, 0 to 9
 * @param rows height in pixels
 * @param columns width in pixels
 * @param source the source of the images, for people
 */
public record LabelledImages(byte[] pixels, byte[] labels, int rows, int columns, String source) implements Examples {

    /** Number of classes: the ten digits. */
    public static final int CLASSES = 10;

    public LabelledImages {
        if (labels.length == 0) {
            throw new IllegalArgumentException("there must be at least one image, got none from " + source);
        }
        if (pixels.length != (long) labels.length * rows * columns) {
            throw new IllegalArgumentException(labels.length + " images of " + rows + " x " + columns + " must have "
                    + (long) labels.length * rows * columns + " pixels, got " + pixels.length);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= CLASSES) {
                throw new IllegalArgumentException(
                        "labels must be 0 to 9, got " + (labels[i] & 0xff) + " for image " + i + " of " + source);
            }
        }
    }

    /** Number of images, N. */
    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public String kind() {
        return "images";
    }

    /** The first images, or all if there are fewer. */
    public LabelledImages first(int count) {
        return range(0, Math.min(count, size()));
    }

    /** The images from one index (inclusive) to another (exclusive). */
    LabelledImages range(int from, int to) {
        if (from == 0 && to == size()) {
            return this;
        }
        return new LabelledImages(
                Arrays.copyOfRange(pixels, from * rows * columns, to * rows * columns),
                Arrays.copyOfRange(labels, from, to),
                rows,
                columns,
                (from == 0 ? "the first " + to : "images " + from + " to " + (to - 1)) + " of " + source);
    }

    /**
     * Some images as a network's input.
     *
     * @param images indices of the images
     * @return features {@code [n, rows * columns]} from 0 to 1, and one-hot labels {@code [n, 10]}
     */
    @Override
    public DataSet dataSet(int... images) {
        int area = rows * columns;
        float[] features = new float[images.length * area];
        float[] oneHot = new float[images.length * CLASSES];
        for (int i = 0; i < images.length; i++) {
            for (int p = 0; p < area; p++) {
                features[i * area + p] = (pixels[images[i] * area + p] & 0xff) / 255f;
            }
            oneHot[i * CLASSES + labels[images[i]]] = 1;
        }
        return new DataSet(
                Nd4j.createFromArray(features).reshape(images.length, area),
                Nd4j.createFromArray(oneHot).reshape(images.length, CLASSES));
    }
}
