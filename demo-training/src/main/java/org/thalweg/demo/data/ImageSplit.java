package org.thalweg.demo.data;

import java.util.Optional;

/**
 * Training images and held-out images.
 *
 * @param training training images
 * @param validation images that training never sees; absent if the source has none to spare
 */
public record ImageSplit(LabelledImages training, Optional<LabelledImages> validation) {

    /** One of this many images is held out at most, if the source holds none out. */
    private static final int HELD_OUT = 5;

    /**
     * The first of the images, with some always held out.
     *
     * @param train largest number of training images
     * @param held largest number of validation images; if the source holds none out, at most the last fifth of its
     *     images
     */
    public ImageSplit atMost(int train, int held) {
        if (validation.isPresent()) {
            return new ImageSplit(training.first(train), validation.map(images -> images.first(held)));
        }
        int all = training.size();
        int out = Math.min(held, all / HELD_OUT);
        if (out == 0) {
            throw new IllegalArgumentException("holding images out needs at least " + HELD_OUT + " images, got " + all
                    + " from " + training.source());
        }
        return new ImageSplit(training.first(Math.min(train, all - out)), Optional.of(training.range(all - out, all)));
    }
}
