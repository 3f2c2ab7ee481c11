package org.thalweg.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.NamedArray;
import org.thalweg.terminal.internal.PlainText;

/** NumPy's arrays: a {@code .npz} file, or a directory of {@code .npy} files, whose names are the arrays'. */
final class NumpyFiles {

    private static final String ARRAY = ".npy";

    /** Names of arrays in other programs, such as Keras's data sets, and the names here. */
    private static final Map<String, String> NAMES = Map.of(
            "x_train", "features",
            "y_train", "labels",
            "x_test", "validation_features",
            "y_test", "validation_labels",
            "x", "features",
            "y", "labels",
            "X", "features");

    private NumpyFiles() {}

    /** Whether a directory has arrays. */
    static boolean has(Path directory) throws IOException {
        return !files(directory).isEmpty();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ARRAY)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads arrays.
     *
     * @param data a {@code .npz} file, or a directory
     * @param range values to which unsigned bytes of features are mapped
     * @throws IOException if one is not an array of numbers; the message names it
     */
    static List<NamedArray> read(Path data, Optional<ImageOptions.Range> range) throws IOException {
        List<NamedArray> arrays = new ArrayList<>();
        if (Files.isDirectory(data)) {
            for (Path file : files(data)) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                    arrays.add(read(in, Files.size(file), file.getFileName().toString(), file.toString(), range));
                }
            }
            return arrays;
        }
        try (CheckedZip zip = CheckedZip.open(data)) {
            for (ZipEntry entry : zip.entries()) {
                if (entry.getName().endsWith(ARRAY)) {
                    zip.requireSize(entry, Long.MAX_VALUE);
                    arrays.add(zip.read(
                            entry,
                            in -> read(
                                    in,
                                    entry.getSize(),
                                    entry.getName(),
                                    data + "!" + PlainText.line(entry.getName()),
                                    range)));
                }
            }
            return arrays;
        } catch (ZipException e) {
            throw new IOException(data + " is not a .npz file of NumPy: " + e.getMessage(), e);
        }
    }

    private static NamedArray read(
            InputStream in, long size, String file, String place, Optional<ImageOptions.Range> range)
            throws IOException {
        String own = file.substring(0, file.length() - ARRAY.length());
        @Nullable String common = NAMES.get(own);
        String name = common == null ? own : common;
        NamedArray array = NumpyArray.read(in, size, place, name.contains("features") ? range : Optional.empty());
        return new NamedArray(name, array.shape(), array.values());
    }
}
