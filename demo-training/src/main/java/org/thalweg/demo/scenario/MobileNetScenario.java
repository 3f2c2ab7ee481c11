package org.thalweg.demo.scenario;

import java.io.IOException;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.demo.Console;
import org.thalweg.demo.DigitsOption;
import org.thalweg.demo.NetworkIdentity;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.TrainingOptions;
import org.thalweg.demo.TrainingRun;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.MobileNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A MobileNetV2 on images of digits. */
@Command(
        name = "mobilenet",
        description = "Train a small MobileNetV2: depthwise convolutions, inverted residuals and BatchNorm.",
        sortOptions = false)
public final class MobileNetScenario implements Scenario {

    private static final double LEARNING_RATE = 3e-3;
    private static final int BATCH = 64;
    private static final int TRAINED = 2_000;
    private static final int HELD_OUT = 500;

    @Mixin
    private final DigitsOption digits = new DigitsOption();

    @Mixin
    private final TrainingOptions options = new TrainingOptions();

    @Override
    public Optional<String> startOf(NetworkIdentity trained) {
        boolean isOne = trained.shapes().keySet().stream().anyMatch(key -> key.startsWith(MobileNet.FIRST_DEPTHWISE));
        return isOne ? Optional.of("mobilenet") : Optional.empty();
    }

    @Override
    public void run(Console console) throws IOException {
        options.check();
        ImageSplit split = digits.atMost(TRAINED, HELD_OUT, options.seed());
        ComputationGraph network = new ComputationGraph(
                MobileNet.configuration(split.training(), new Adam(LEARNING_RATE), options.seed()));
        network.init();
        Optional<Batches> validation = split.validation().map(held -> new Batches(held, BATCH, options.seed()));
        new TrainingRun(
                        "mobilenet",
                        "MobileNetV2",
                        network,
                        new Batches(split.training(), BATCH, options.seed()),
                        validation,
                        options,
                        console)
                .run();
    }
}
