package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.MnistDirectory;
import org.thalweg.demo.data.StrokeDigits;
import picocli.CommandLine.Option;

/** The options of scenarios that repeat what others have found: on which images, in which size, and where it goes. */
public final class ScenarioOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory with the files of MNIST or Fashion-MNIST, plain or .gz; t10k alone suffices."
                    + " Without it the demo draws digits by itself.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--full",
            description = "In a size nearer to the original's, for as long as that takes, instead of minutes.")
    private boolean full;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "12345",
            description = "Seed of weights, batches, digits and directions (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the results, new or empty (default: runs/SCENARIO-DATE-TIME).")
    private Optional<Path> out = Optional.empty();

    /**
     * Images to train on and others for validation.
     *
     * @param training how many to train on, at most where they are read
     * @param validation how many for validation; where the files hold none out, they are what training leaves
     * @throws IOException if they cannot be read; the message names the file
     */
    public ImageSplit images(int training, int validation) throws IOException {
        return data.isPresent()
                ? MnistDirectory.read(data.get()).atMost(training, validation)
                : new StrokeDigits(seed).split(training, validation);
    }

    /**
     * Where the results go, made.
     *
     * @param scenario names it where no other name was given
     * @throws IOException if it cannot be created or holds something; the message names it
     */
    public Path directory(String scenario) throws IOException {
        OutputDirectory directory = OutputDirectory.require(out.orElseGet(() -> OutputDirectory.byDefault(scenario)));
        directory.create();
        return directory.path();
    }

    /** Whether the size is to be nearer to the original's. */
    public boolean full() {
        return full;
    }

    /** Seed of everything random. */
    public long seed() {
        return seed;
    }
}
