package org.thalweg.demo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MNIST, or any set in its files (Fashion-MNIST, KMNIST): {@code train-images-idx3-ubyte} and its labels, {@code
 * t10k-images-idx3-ubyte} and its labels, plain or {@code .gz}.
 */
public final class MnistDirectory {

    private static final int SIDE = 28;
    private static final List<String> SEPARATORS = List.of("-", ".");
    private static final List<String> ENDINGS = List.of("", ".gz");

    private MnistDirectory() {}

    /**
     * Reads a directory. With both sets, {@code train} is trained on and {@code t10k} is for validation. One set alone
     * suffices: it is trained on as a whole, and nothing is held out.
     *
     * @throws IOException if the directory or a file is missing, cannot be read, or is not what its name says; the
     *     message names the file
     */
    public static ImageSplit read(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new NoSuchFileException("data directory " + directory + " does not exist");
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException("data directory " + directory + " is not a directory");
        }
        Optional<LabelledImages> train = readSet(directory, "train");
        Optional<LabelledImages> test = readSet(directory, "t10k");
        if (train.isPresent()) {
            return new ImageSplit(train.get(), test);
        }
        return new ImageSplit(
                test.orElseThrow(
                        () -> new NoSuchFileException(
                                "no MNIST files in " + directory.toAbsolutePath()
                                        + ": expected train-images-idx3-ubyte or t10k-images-idx3-ubyte, plain or .gz, and its labels")),
                Optional.empty());
    }

    private static Optional<LabelledImages> readSet(Path directory, String set) throws IOException {
        Optional<Path> imageFile = find(directory, set + "-images", "idx3-ubyte");
        if (imageFile.isEmpty()) {
            return Optional.empty();
        }
        Path labelFile = find(directory, set + "-labels", "idx1-ubyte")
                .orElseThrow(() -> new NoSuchFileException("no labels for " + imageFile.get() + ": expected " + set
                        + "-labels-idx1-ubyte, plain or .gz, beside it"));
        IdxArray images = IdxArray.read(imageFile.get(), 3);
        IdxArray labels = IdxArray.read(labelFile, 1);
        int[] shape = images.dimensions();
        if (shape[1] != SIDE || shape[2] != SIDE) {
            throw new IOException(
                    imageFile.get() + " must have images of 28 x 28 pixels, found " + shape[1] + " x " + shape[2]);
        }
        if (shape[0] != labels.dimensions()[0]) {
            throw new IOException(imageFile.get() + " has " + shape[0] + " images and " + labelFile + " has "
                    + labels.dimensions()[0] + " labels: they must be as many");
        }
        return Optional.of(new LabelledImages(
                images.values(), labels.values(), SIDE, SIDE, imageFile.get().toString()));
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
