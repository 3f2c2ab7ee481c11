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

    /** What a scenario does once everything is there. */
    @FunctionalInterface
    public interface Study {
        void run(ImageSplit images, Path directory) throws IOException;
    }

    /**
     * Reads or draws images, makes the directory of the results, in this order, so that images that cannot be read leave
     * nothing behind, and begins.
     *
     * @param scenario names the directory where no other name was given
     * @param training how many images to train on, at most where they are read
     * @param validation how many for validation; where the files hold none out, they are what training leaves
     * @throws IOException if images cannot be read, or the directory cannot be created or holds something; the message names
     *     it
     */
    public void run(String scenario, int training, int validation, Study study) throws IOException {
        ImageSplit images = data.isPresent()
                ? MnistDirectory.read(data.get()).atMost(training, validation)
                : new StrokeDigits(seed).split(training, validation);
        OutputDirectory directory = OutputDirectory.require(out.orElseGet(() -> OutputDirectory.byDefault(scenario)));
        directory.create();
        study.run(images, directory.path());
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
