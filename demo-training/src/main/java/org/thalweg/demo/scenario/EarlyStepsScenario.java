package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.early.EarlySteps;
import picocli.CommandLine.Command;

/** Catapults at large learning rates, and warm-up. */
@Command(
        name = "early-steps",
        description = "Watch curvature in the first steps of training: catapults at large learning rates, and the"
                + " Fisher information with and without warm-up.")
public final class EarlyStepsScenario extends ResumableScenario {

    /** Creates it; called by the service loader. */
    public EarlyStepsScenario() {
        super(2_000, 2_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new EarlySteps(images, isFull() ? EarlySteps.Size.FULL : EarlySteps.Size.DEFAULT, seed(), console)
                .run(directory);
    }
}
