package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.data.ImageSplit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A scenario that repeats a known result, with images and a directory for the results. */
@Command(sortOptions = false)
abstract class StudyScenario implements Scenario {

    private final int training;
    private final int trainingIfFull;
    private final int validation;

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    /**
     * @param training number of training images, at most
     * @param trainingIfFull the same with {@code --full}
     * @param validation number of images held out
     */
    StudyScenario(int training, int trainingIfFull, int validation) {
        this.training = training;
        this.trainingIfFull = trainingIfFull;
        this.validation = validation;
    }

    @Override
    public final void run(Console console) throws IOException {
        options.run(
                command,
                resumed(),
                isFull() ? trainingIfFull : training,
                validation,
                (images, directory) -> study(images, directory, console));
    }

    /**
     * Trains and compares.
     *
     * @param directory exists, and is empty unless the study is {@linkplain #resumed() continued}
     * @throws IOException if something cannot be written; the message names it
     */
    abstract void study(ImageSplit images, Path directory, Console console) throws IOException;

    /** The directory of a study to continue; empty to start another one. */
    Optional<Path> resumed() {
        return Optional.empty();
    }

    /** Whether to use a size closer to the source's. */
    final boolean isFull() {
        return options.full();
    }

    /** Seed of everything random. */
    final long seed() {
        return options.seed();
    }
}
