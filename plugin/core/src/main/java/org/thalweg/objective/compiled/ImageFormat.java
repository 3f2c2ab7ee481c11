package org.thalweg.objective.compiled;

import java.util.EnumSet;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.UnsupportedNetworkException;

/** In which order a network has the axes of images. */
final class ImageFormat {

    private ImageFormat() {}

    static CNN2DFormat of(Model model) {
        Set<CNN2DFormat> formats = EnumSet.noneOf(CNN2DFormat.class);
        for (org.deeplearning4j.nn.api.Layer layer : NetworkLayout.layers(model).values()) {
            Layer configuration = NetworkLayout.unwrapped(layer.conf().getLayer());
            if (configuration instanceof ConvolutionLayer convolution) {
                formats.add(convolution.getCnn2dDataFormat());
            } else if (configuration instanceof SubsamplingLayer pool) {
                formats.add(pool.getCnn2dDataFormat());
            } else if (configuration instanceof ZeroPaddingLayer padding) {
                formats.add(padding.getDataFormat());
            }
        }
        if (formats.size() > 1) {
            throw new UnsupportedNetworkException("network", "has images both NCHW and NHWC, which is not covered");
        }
        return formats.isEmpty() ? CNN2DFormat.NCHW : formats.iterator().next();
    }
}
