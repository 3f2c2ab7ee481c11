package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.edge.EdgeOfStabilityStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gradient descent at the edge of stability, on digits. */
@Command(
        name = "edge-of-stability",
        description = "Train small tanh networks by full-batch gradient descent, and see sharpness rise to"
                + " 2/lr and stay there.")
public final class EdgeOfStabilityScenario extends StudyScenario {

    @Option(
            names = "--adam",
            description = "Train by full-batch Adam instead, and see preconditioned sharpness go to 38/lr.")
    private boolean adam;

    /** Creates it; called by the service loader. */
    public EdgeOfStabilityScenario() {
        super(EdgeOfStabilityStudy.IMAGES, EdgeOfStabilityStudy.IMAGES, 1);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new EdgeOfStabilityStudy(images.training(), seed(), console).run(isFull(), adam, directory);
    }
}
