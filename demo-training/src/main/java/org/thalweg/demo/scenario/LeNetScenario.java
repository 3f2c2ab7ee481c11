package org.thalweg.demo.scenario;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.demo.Console;
import org.thalweg.demo.DigitsOption;
import org.thalweg.demo.NetworkIdentity;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.TrainingOptions;
import org.thalweg.demo.TrainingRun;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.network.LeNet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** DL4J's LeNet on MNIST's files or on digits that the demo draws. */
@Command(
        name = "lenet",
        description = "Train DL4J's LeNet (431,080 parameters) on images of digits.",
        sortOptions = false)
public final class LeNetScenario implements Scenario {

    private static final int BATCH = 64;
    private static final int DRAWN_FOR_TRAINING = 10_000;
    private static final int DRAWN_FOR_VALIDATION = 2_000;

    @Mixin
    private final DigitsOption digits = new DigitsOption();

    @Option(
            names = "--updater",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "adam")
    private Updater updater = Updater.ADAM;

    @Mixin
    private final TrainingOptions options = new TrainingOptions();

    /** The optimizer, with a learning rate that suits LeNet. */
    private enum Updater {
        ADAM {
            @Override
            IUpdater configured() {
                return new Adam(1e-3);
            }
        },
        SGD {
            @Override
            IUpdater configured() {
                return new Sgd(0.05);
            }
        };

        abstract IUpdater configured();

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Optional<String> startOf(NetworkIdentity trained) {
        if (!trained.shapes().keySet().equals(LeNet.PARAMETERS)) {
            return Optional.empty();
        }
        return Stream.of(Updater.values())
                .filter(each -> trained.configuration()
                        .contains(each.configured().getClass().getName()))
                .map(each -> "lenet --updater " + each)
                .findFirst();
    }

    @Override
    public void run(Console console) throws IOException {
        options.check();
        ImageSplit split = digits.all(DRAWN_FOR_TRAINING, DRAWN_FOR_VALIDATION, options.seed());
        LabelledImages images = split.training();
        MultiLayerNetwork network = new MultiLayerNetwork(LeNet.configuration(
                images.rows(), images.columns(), LabelledImages.CLASSES, updater.configured(), options.seed()));
        network.init();
        Batches training = new Batches(images, BATCH, options.seed());
        Optional<Batches> validation = split.validation().map(held -> new Batches(held, BATCH, options.seed()));
        new TrainingRun("lenet", "LeNet", network, training, validation, options, console).run();
    }
}
