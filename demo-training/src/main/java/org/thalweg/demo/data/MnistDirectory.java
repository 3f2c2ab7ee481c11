package org.thalweg.demo.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.data.IdxDirectory;

/**
 * MNIST, or any set in its file format (Fashion-MNIST, KMNIST): {@code train-images-idx3-ubyte} and its labels,
 * {@code t10k-images-idx3-ubyte} and its labels, plain or {@code .gz}.
 */
public final class MnistDirectory {

    private static final int SIDE = 28;

    private MnistDirectory() {}

    /**
     * Reads a directory. With both sets, {@code train} is for training and {@code t10k} for validation. One set is
     * enough: it is used for training as a whole, and nothing is held out.
     *
     * @throws IOException if the directory or a file is missing, cannot be read, or is not of the kind that its name
     *     says; the message names the file
     */
    public static ImageSplit read(Path directory) throws IOException {
        Optional<LabelledImages> train = readSet(directory, IdxDirectory.TRAINING);
        Optional<LabelledImages> test = readSet(directory, IdxDirectory.TEST);
        if (train.isPresent()) {
            return new ImageSplit(train.get(), test);
        }
        return new ImageSplit(
                test.orElseThrow(() -> new FileNotFoundException("no MNIST files in " + directory.toAbsolutePath()
                        + ": expected train-images-idx3-ubyte or t10k-images-idx3-ubyte, plain or .gz,"
                        + " and its labels")),
                Optional.empty());
    }

    private static Optional<LabelledImages> readSet(Path directory, String set) throws IOException {
        Optional<IdxDirectory.Images> images = IdxDirectory.read(directory, set);
        if (images.isPresent() && (images.get().rows() != SIDE || images.get().columns() != SIDE)) {
            throw new IOException(images.get().file() + " must have images of 28 x 28 pixels, found "
                    + images.get().rows() + " x " + images.get().columns());
        }
        return images.map(read -> new LabelledImages(
                read.pixels(), read.labels(), SIDE, SIDE, read.file().toString()));
    }
}
