package org.thalweg.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A directory in the layout of MNIST and of the data sets that adopted it (Fashion-MNIST, KMNIST, EMNIST): for each set
 * {@code <set>-images-idx3-ubyte} and {@code <set>-labels-idx1-ubyte}, plain or {@code .gz}.
 *
 * @since 0.2.0
 */
public final class IdxDirectory {

    /** The training set. */
    public static final String TRAINING = "train";

    /** The held-out set. */
    public static final String TEST = "t10k";

    private static final List<String> SEPARATORS = List.of("-", ".");
    private static final List<String> ENDINGS = List.of("", ".gz");

    /**
     * Grey images with their labels. The arrays are not copied.
     *
     * @param pixels {@code [N, rows, columns]}, row-major, unsigned bytes
     * @param labels {@code [N]}, unsigned bytes
     * @param rows height in pixels
     * @param columns width in pixels
     * @param file file of the images
     */
    public record Images(byte[] pixels, byte[] labels, int rows, int columns, Path file) {}

    private IdxDirectory() {}

    /**
     * Reads a set.
     *
     * @param directory directory of its two files
     * @param set {@link #TRAINING} or {@link #TEST}
     * @return its images; empty where the directory has no file of images of this set
     * @throws IOException if the directory or the labels are missing, a file cannot be read or is not of the kind that
     *     its name says; the message names it
     */
    public static Optional<Images> read(Path directory, String set) throws IOException {
        requireDirectory(directory);
        Optional<Path> found = find(directory, set + "-images", "idx3-ubyte");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path imageFile = found.get();
        Path labelFile = find(directory, set + "-labels", "idx1-ubyte")
                .orElseThrow(() -> new FileNotFoundException("no labels for " + imageFile + ": expected " + set
                        + "-labels-idx1-ubyte, plain or .gz, next to it"));
        IdxArray images = IdxArray.read(imageFile, 3);
        IdxArray labels = IdxArray.read(labelFile, 1);
        int[] shape = images.dimensions();
        if (shape[0] != labels.dimensions()[0]) {
            throw new IOException(imageFile + " has " + shape[0] + " images and " + labelFile + " has "
                    + labels.dimensions()[0] + " labels: they must be as many");
        }
        return Optional.of(new Images(images.values(), labels.values(), shape[1], shape[2], imageFile));
    }

    private static void requireDirectory(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new FileNotFoundException("data directory " + directory + " does not exist");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("data directory " + directory + " is not a directory");
        }
    }

    private static Optional<Path> find(Path directory, String stem, String type) {
        for (String separator : SEPARATORS) {
            for (String ending : ENDINGS) {
                Path file = directory.resolve(stem + separator + type + ending);
                if (Files.exists(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
