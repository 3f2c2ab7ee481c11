package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.batchnorm.BatchNormSurfaces;
import org.thalweg.demo.batchnorm.BatchNormSurfaces.Size;
import org.thalweg.demo.data.ImageSplit;
import picocli.CommandLine.Command;

/** The same network with and without BatchNorm and dropout, in inference and in training. */
@Command(
        name = "batchnorm",
        description = "Train a network with and without BatchNorm and dropout, and compare its surface in"
                + " inference and in training.")
public final class BatchNormScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public BatchNormScenario() {
        super(2_000, 10_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new BatchNormSurfaces(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
