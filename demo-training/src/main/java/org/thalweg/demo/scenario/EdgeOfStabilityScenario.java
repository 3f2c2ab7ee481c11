package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.demo.Console;
import org.thalweg.demo.OutputDirectory;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.data.MnistDirectory;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.demo.edge.EdgeOfStability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gradient descent at the edge of stability, on digits. */
@Command(
        name = EdgeOfStabilityScenario.NAME,
        description = "Train small tanh networks by gradient descent on all images at once, and see sharpness rise to"
                + " 2/lr and stay there.",
        sortOptions = false)
public final class EdgeOfStabilityScenario implements Scenario {

    static final String NAME = "edge-of-stability";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory with the files of MNIST or Fashion-MNIST, plain or .gz; t10k alone suffices."
                    + " Without it the demo draws digits by itself.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--full",
            description = "Two networks, two losses, two learning rates each: eight runs instead of the two of the MLP"
                    + " with squared error.")
    private boolean full;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "12345",
            description = "Seed of weights, digits and directions (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the runs and the plot, new or empty (default: runs/" + NAME + "-DATE-TIME).")
    private Optional<Path> out = Optional.empty();

    @Override
    public void run(Console console) throws IOException {
        LabelledImages images = data.isPresent()
                ? MnistDirectory.read(data.get()).training()
                : new StrokeDigits(seed).split(EdgeOfStability.IMAGES, 1).training();
        OutputDirectory directory = OutputDirectory.require(out.orElseGet(() -> OutputDirectory.byDefault(NAME)));
        directory.create();
        new EdgeOfStability(images, seed, console).run(full, directory.path());
    }
}
