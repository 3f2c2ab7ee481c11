package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.vgg.VggSurfaces;
import org.thalweg.demo.vgg.VggSurfaces.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The surface of a VGG of 13 layers in several parameterizations. */
@Command(
        name = VggSeedScenario.NAME,
        description = "Train a VGG of 13 layers and draw its surface of 51 x 51 points in four parameterizations.",
        sortOptions = false)
public final class VggSeedScenario implements Scenario {

    static final String NAME = "vgg-seed";

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
                (images, directory) -> new VggSurfaces(
                                images, options.full() ? Size.FULL : Size.DEFAULT, options.seed(), console)
                        .run(directory));
    }
}
