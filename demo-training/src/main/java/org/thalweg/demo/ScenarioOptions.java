package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.demo.data.ImageSplit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of scenarios that repeat known results: images, size, and the directory of the results. */
public final class ScenarioOptions {

    @Mixin
    private final DigitsOption digits = new DigitsOption();

    @Option(
            names = "--full",
            description = "Use a size closer to the source's, which takes up to an hour instead of minutes.")
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

    /** The scenario's work once images and directory are ready. */
    @FunctionalInterface
    public interface Study {
        void run(ImageSplit images, Path directory) throws IOException;
    }

    /**
     * Reads or draws images, creates the directory of the results, and starts the study. In this order, images that
     * cannot be read leave nothing behind.
     *
     * @param scenario names the directory unless {@code --out} does
     * @param resume the directory of a study to continue; empty to start another one
     * @param training number of training images; at most that many if they are read from files
     * @param validation number of validation images; taken from the rest of the training set if the files have no
     *     other
     * @throws IOException if images cannot be read, or the directory cannot be created or holds something; the
     *     message names it
     * @throws ParameterException if both a study to continue and {@code --out} are given
     */
    public void run(CommandSpec scenario, Optional<Path> resume, int training, int validation, Study study)
            throws IOException {
        if (resume.isPresent() && out.isPresent()) {
            throw new ParameterException(
                    scenario.commandLine(),
                    "--resume continues in the study's own directory, and --out starts another one: give one of them,"
                            + " got both");
        }
        if (resume.isPresent()) {
            RecordedStudy.require(resume.get());
        }
        ImageSplit images = digits.atMost(training, validation, seed);
        Path directory = resume.isPresent() ? resume.get() : created(scenario.name());
        study.run(images, directory.toAbsolutePath().normalize());
    }

    private Path created(String scenario) throws IOException {
        OutputDirectory directory = OutputDirectory.require(out.orElseGet(() -> OutputDirectory.byDefault(scenario)));
        directory.create();
        return directory.path();
    }

    /** Whether to use a size closer to the source's. */
    public boolean full() {
        return full;
    }

    /** Seed of everything random. */
    public long seed() {
        return seed;
    }
}
