package org.thalweg.data;

import java.io.IOException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The shape that an input of a network takes, as far as its configuration says. */
sealed interface InputShape {

    /**
     * Features in that shape.
     *
     * @param features {@code [N, ...]} as in the file
     * @param source the file, for messages
     * @throws IOException if they do not fit
     */
    INDArray fit(INDArray features, String source) throws IOException;

    /**
     * Vectors.
     *
     * @param size values of one example
     */
    record Flat(long size) implements InputShape {

        @Override
        public INDArray fit(INDArray features, String source) throws IOException {
            long examples = features.size(0);
            if (features.length() != examples * size) {
                throw new IOException(source + " has " + features.length() / examples + " values an example ("
                        + example(features) + "), the network takes " + size);
            }
            return features.reshape('c', examples, size);
        }
    }

    /**
     * Images, whose height and width the configuration leaves open.
     *
     * @param channels channels of an image; 0 where the configuration does not say
     * @param channelsLast whether they are {@code [N, H, W, C]}, not {@code [N, C, H, W]}
     */
    record Images(long channels, boolean channelsLast) implements InputShape {

        @Override
        public INDArray fit(INDArray features, String source) throws IOException {
            long[] shape = features.shape();
            boolean grey = shape.length == 3;
            long given = grey ? 1 : shape.length == 4 ? shape[channelsLast ? 3 : 1] : -1;
            if (given < 0 || (channels != 0 && given != channels)) {
                throw new IOException(source + " has examples of shape " + example(features)
                        + ", the network takes images of " + (channels == 0 ? "some" : channels) + " channels, "
                        + (channelsLast ? "[H, W, C]" : "[C, H, W]"));
            }
            if (!grey) {
                return features;
            }
            return channelsLast
                    ? features.reshape('c', shape[0], shape[1], shape[2], 1)
                    : features.reshape('c', shape[0], 1, shape[1], shape[2]);
        }
    }

    /** Any shape; the network checks it later. */
    record Other() implements InputShape {

        @Override
        public INDArray fit(INDArray features, String source) {
            return features;
        }
    }

    private static String example(INDArray features) {
        return Arrays.toString(Arrays.copyOfRange(features.shape(), 1, features.rank()));
    }
}
