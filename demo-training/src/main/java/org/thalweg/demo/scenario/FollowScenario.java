package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.follow.FollowMinimizer;
import org.thalweg.demo.follow.FollowMinimizer.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A ride on the minimizer, and whether the surface tells of the Hessian and a sample of the whole. */
@Command(
        name = FollowScenario.NAME,
        description = "Ride on the minimizer from near and far; hold its surface against a map of eigenvalues, and a"
                + " twentieth of the images against all.",
        sortOptions = false)
public final class FollowScenario implements Scenario {

    static final String NAME = "follow";

    private static final int TRAINING = 2_000;
    private static final int TRAINING_FULL = 5_000;
    private static final int HELD_OUT = 1_000;

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Override
    public void run(Console console) throws IOException {
        options.run(
                NAME,
                options.full() ? TRAINING_FULL : TRAINING,
                HELD_OUT,
                (images, directory) -> new FollowMinimizer(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
