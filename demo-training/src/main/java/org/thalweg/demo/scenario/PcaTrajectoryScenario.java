package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.trajectory.PcaTrajectory;
import org.thalweg.demo.trajectory.PcaTrajectory.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gradient descent and Adam on one plane of principal components. */
@Command(
        name = PcaTrajectoryScenario.NAME,
        description =
                "Train by gradient descent and by Adam from one start, and show both ways on one plane of principal"
                        + " components, with what it hides.",
        sortOptions = false)
public final class PcaTrajectoryScenario implements Scenario {

    static final String NAME = "pca-trajectory";

    private static final int TRAINING = 2_000;
    private static final int HELD_OUT = 1_000;

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Override
    public void run(Console console) throws IOException {
        options.run(
                NAME,
                TRAINING,
                HELD_OUT,
                (images, directory) -> new PcaTrajectory(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
