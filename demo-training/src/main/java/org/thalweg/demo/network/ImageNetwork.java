package org.thalweg.demo.network;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.demo.data.LabelledImages;

/** A kind of network that classifies images. */
public interface ImageNetwork {

    /**
     * The network for images from {@link LabelledImages#dataSet}.
     *
     * @param updater the optimizer
     * @param l2 strength of weight decay, 0 for none
     * @param seed seed of the weights
     */
    MultiLayerConfiguration configuration(LabelledImages images, IUpdater updater, double l2, long seed);
}
