package org.thalweg.data;

import java.io.IOException;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of an IDX directory.
 *
 * @param images all of them
 * @param shape shape of the network that takes them
 * @param range values of the darkest and the brightest pixel
 */
record IdxExamples(IdxDirectory.Images images, NetworkShape shape, ImageOptions.Range range) implements ExampleSource {

    @Override
    public int count() {
        return images.labels().length;
    }

    @Override
    public String source() {
        return images.file().toString();
    }

    @Override
    public MultiDataSet take(int[] examples) throws IOException {
        int area = images.rows() * images.columns();
        float[] pixels = new float[examples.length * area];
        double[] classes = new double[examples.length];
        for (int i = 0; i < examples.length; i++) {
            for (int p = 0; p < area; p++) {
                pixels[i * area + p] = range.of(images.pixels()[examples[i] * area + p] & 0xff);
            }
            classes[i] = images.labels()[examples[i]] & 0xff;
        }
        return new MultiDataSet(
                shape.onlyInput(source())
                        .fit(
                                Nd4j.createFromArray(pixels).reshape(examples.length, images.rows(), images.columns()),
                                source()),
                shape.onlyOutput(source()).fit(Nd4j.createFromArray(classes), source()));
    }
}
