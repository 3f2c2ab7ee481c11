package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.trajectory.PcaTrajectory;
import org.thalweg.demo.trajectory.PcaTrajectory.Size;
import picocli.CommandLine.Command;

/** Gradient descent and Adam on one plane of principal components. */
@Command(
        name = "pca-trajectory",
        description = "Train by gradient descent and by Adam from one start, and show both paths on one"
                + " plane of principal components, with what it hides.")
public final class PcaTrajectoryScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public PcaTrajectoryScenario() {
        super(2_000, 2_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new PcaTrajectory(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
