package org.thalweg.demo.data;

import java.util.Optional;

/**
 * Images to train on, and others to look at only.
 *
 * @param training what the network is trained on
 * @param validation images that training never sees; absent where the source has none to spare
 */
public record ImageSplit(LabelledImages training, Optional<LabelledImages> validation) {}
