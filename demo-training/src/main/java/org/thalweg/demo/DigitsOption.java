package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.MnistDirectory;
import org.thalweg.demo.data.StrokeDigits;
import picocli.CommandLine.Option;

/** Where images of digits come from: files, or the demo's own pen. */
public final class DigitsOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory with the files of MNIST or Fashion-MNIST, plain or .gz; t10k alone suffices."
                    + " Without it the demo draws digits by itself.")
    private Optional<Path> data = Optional.empty();

    /**
     * All images of the files, or a random sample of them.
     *
     * @throws IOException if the files cannot be read; the message names them
     */
    public ImageSplit all(int training, int validation, long seed) throws IOException {
        return data.isPresent() ? MnistDirectory.read(data.get()) : new StrokeDigits(seed).split(training, validation);
    }

    /**
     * At most a given number of the files' images, with some always held out, or a random sample of that size.
     *
     * @throws IOException if the files cannot be read; the message names them
     */
    public ImageSplit atMost(int training, int validation, long seed) throws IOException {
        ImageSplit split = all(training, validation, seed);
        return data.isPresent() ? split.atMost(training, validation) : split;
    }
}
