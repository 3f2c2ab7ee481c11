package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.residual.SkipVsPlain;
import org.thalweg.demo.residual.SkipVsPlain.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A deep residual network beside the same without shortcuts. */
@Command(
        name = SkipVsPlainScenario.NAME,
        description =
                "Train a deep residual network and the same without shortcuts, and compare the ground around their"
                        + " minimizers.",
        sortOptions = false)
public final class SkipVsPlainScenario implements Scenario {

    static final String NAME = "skip-vs-plain";

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
                (images, directory) -> new SkipVsPlain(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
