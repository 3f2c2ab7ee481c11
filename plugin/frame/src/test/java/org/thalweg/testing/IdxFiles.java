package org.thalweg.testing;

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

    public static void writeImages(Path file, byte[] pixels, int count, int rows, int columns) throws IOException {
        write(file, IMAGES_MAGIC, pixels, count, rows, columns);
    }

    public static void writeLabels(Path file, byte... labels) throws IOException {
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
