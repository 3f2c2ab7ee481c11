package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.edge.EdgeOfStabilityStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gradient descent at the edge of stability, on digits. */
@Command(
        name = EdgeOfStabilityScenario.NAME,
        description = "Train small tanh networks by gradient descent on all images at once, and see sharpness rise to"
                + " 2/lr and stay there.",
        sortOptions = false)
public final class EdgeOfStabilityScenario implements Scenario {

    static final String NAME = "edge-of-stability";

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Override
    public void run(Console console) throws IOException {
        options.run(
                NAME,
                EdgeOfStabilityStudy.IMAGES,
                1,
                (images, directory) -> new EdgeOfStabilityStudy(images.training(), options.seed(), console)
                        .run(options.full(), directory));
    }
}
