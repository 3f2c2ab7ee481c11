package org.thalweg.demo.data;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.testing.IdxFiles;

/** Images of 28 x 28 pixels drawn by the demo, as a set of MNIST files. */
public final class DrawnImages {

    private DrawnImages() {}

    /**
     * Draws and writes a set.
     *
     * @param set name of the set, such as {@code t10k}
     */
    public static LabelledImages write(Path directory, String set, int count, long seed) throws IOException {
        LabelledImages images = new StrokeDigits(seed).split(count, 1).training();
        IdxFiles.writeImages(directory.resolve(set + "-images-idx3-ubyte.gz"), images.pixels(), count, 28, 28);
        IdxFiles.writeLabels(directory.resolve(set + "-labels-idx1-ubyte.gz"), images.labels());
        return images;
    }
}
