package org.thalweg.demo.data;

import java.util.Optional;

/**
 * Images to train on, and others to look at only.
 *
 * @param training what the network is trained on
 * @param validation images that training never sees; absent where the source has none to spare
 */
public record ImageSplit(LabelledImages training, Optional<LabelledImages> validation) {

    /** Share of the images that is held out at most, where the source holds none out. */
    private static final int HELD_OUT = 5;

    /**
     * The first of the images, with some held out in any case.
     *
     * @param train how many to train on, at most
     * @param held how many for validation, at most; where the source holds none out, the last fifth of its images at most
     */
    public ImageSplit atMost(int train, int held) {
        if (validation.isPresent()) {
            return new ImageSplit(training.first(train), validation.map(images -> images.first(held)));
        }
        int all = training.size();
        int out = Math.min(held, all / HELD_OUT);
        if (out == 0) {
            throw new IllegalArgumentException("to hold some out there must be at least " + HELD_OUT + " images, got "
                    + all + " from " + training.source());
        }
        return new ImageSplit(training.first(Math.min(train, all - out)), Optional.of(training.range(all - out, all)));
    }
}
