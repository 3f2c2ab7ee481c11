package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.batchsize.BatchSize;
import org.thalweg.demo.batchsize.BatchSize.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Minimizers of small and large batches. */
@Command(
        name = BatchSizeScenario.NAME,
        description =
                "Train with small and large batches, with and without weight decay, and look at the line between the"
                        + " minimizers and at the ground around each.",
        sortOptions = false)
public final class BatchSizeScenario implements Scenario {

    static final String NAME = "batch-size";

    private static final int TRAINING = 1_000;
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
                (images, directory) -> new BatchSize(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
