package org.thalweg.demo.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files; gzip where the name ends with {@code .gz}. */
public final class IdxFiles {

    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;

    private IdxFiles() {}

    /** Images of 28 x 28 pixels that the demo draws, as a set of MNIST's: {@code t10k}, say. */
    public static LabelledImages writeDrawn(Path directory, String set, int count, long seed) throws IOException {
        LabelledImages images = new StrokeDigits(seed).split(count, 1).training();
        write(directory.resolve(set + "-images-idx3-ubyte.gz"), IMAGES_MAGIC, images.pixels(), count, 28, 28);
        write(directory.resolve(set + "-labels-idx1-ubyte.gz"), LABELS_MAGIC, images.labels(), count);
        return images;
    }

    static void writeImages(Path file, byte[] pixels, int count, int rows, int columns) throws IOException {
        write(file, IMAGES_MAGIC, pixels, count, rows, columns);
    }

    static void writeLabels(Path file, byte... labels) throws IOException {
        write(file, LABELS_MAGIC, labels, labels.length);
    }

    private static void write(Path file, int magic, byte[] values, int... dimensions) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream content = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
                DataOutputStream out = new DataOutputStream(content)) {
            out.writeInt(magic);
            for (int dimension : dimensions) {
                out.writeInt(dimension);
            }
            out.write(values);
        }
    }
}
