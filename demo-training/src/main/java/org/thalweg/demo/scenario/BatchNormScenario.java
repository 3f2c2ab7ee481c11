package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.batchnorm.BatchNormSurfaces;
import org.thalweg.demo.batchnorm.BatchNormSurfaces.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The same network with and without BatchNorm and dropout, as it predicts and as it trains. */
@Command(
        name = BatchNormScenario.NAME,
        description =
                "Train a network with and without BatchNorm and dropout, and compare its surface as it predicts and"
                        + " as it trains.",
        sortOptions = false)
public final class BatchNormScenario implements Scenario {

    static final String NAME = "batchnorm";

    private static final int TRAINING = 2_000;
    private static final int TRAINING_FULL = 10_000;
    private static final int HELD_OUT = 1_000;

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Override
    public void run(Console console) throws IOException {
        options.run(
                NAME,
                options.full() ? TRAINING_FULL : TRAINING,
                HELD_OUT,
                (images, directory) -> new BatchNormSurfaces(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
