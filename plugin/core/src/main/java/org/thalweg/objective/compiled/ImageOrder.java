package org.thalweg.objective.compiled;

/** The order of the elements of a flattened image. */
final class ImageOrder {

    private ImageOrder() {}

    /**
     * For each element of a flattened image with channels last, the index of the same element with channels first.
     *
     * @param image {@code [height, width, channels]}
     */
    static int[] of(long[] image) {
        int channels = (int) image[2];
        int pixels = (int) (image[0] * image[1]);
        int[] order = new int[channels * pixels];
        for (int i = 0; i < order.length; i++) {
            order[i] = i % channels * pixels + i / channels;
        }
        return order;
    }

    static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }
}
