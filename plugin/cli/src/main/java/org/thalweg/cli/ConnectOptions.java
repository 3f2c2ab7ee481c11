package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import org.thalweg.analysis.ConnectionOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of the connect command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConnectOptions {

    @Parameters(index = "0", paramLabel = "A", description = "A model, as those of 'thalweg analyze'.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one of the same architecture.")
    private Path second;

    @Mixin
    DataOptions data;

    @Mixin
    ClassOptions classes;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Examples of --data that the curve is trained on (default: ${DEFAULT-VALUE}).",
            defaultValue = "4096")
    int examples;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Iterations of the curve's training (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    int iterations;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Examples of a mini-batch (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "Adam's learning rate at the first iteration; it falls to 0 (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.001")
    double learningRate;

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "Places on the straight line and on the curve (default: ${DEFAULT-VALUE}).",
            defaultValue = "21")
    int points;

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Points per side of the plane's surface (default: ${DEFAULT-VALUE}).",
            defaultValue = "25")
    int grid;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of examples, mini-batches and places on the curve (default: ${DEFAULT-VALUE}).",
            defaultValue = "12345")
    long seed;

    @Mixin
    DeviceOption on;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, such as out.h5.",
            required = true)
    Path output;

    /** Both models, as given. */
    List<Path> models() {
        return List.of(first, second);
    }

    /**
     * The options of the curve and of the plane.
     *
     * @param spec the command, for error messages
     */
    ConnectionOptions connection(CommandSpec spec) {
        Usage.checked(spec, () -> {
            data.check();
            DataOptions.requirePositive("--examples", examples);
            DataOptions.requirePositive("--iterations", iterations);
            return data;
        });
        ConnectionOptions seeded = ConnectionOptions.DEFAULT.withSeed(seed);
        ConnectionOptions trained = Usage.checked(spec, "--iterations", () -> seeded.withIterations(iterations));
        ConnectionOptions batched = Usage.checked(spec, "--batch-size", () -> trained.withBatchSize(batchSize));
        ConnectionOptions stepped =
                Usage.checked(spec, "--learning-rate", () -> batched.withLearningRate(learningRate));
        ConnectionOptions placed = Usage.checked(spec, "--points", () -> stepped.withPoints(points));
        return Usage.checked(spec, "--grid", () -> placed.withGridPoints(grid));
    }
}
