package org.thalweg.demo.scenario;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.demo.Console;
import org.thalweg.demo.NetworkIdentity;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.TrainingOptions;
import org.thalweg.demo.TrainingRun;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.CharacterText;
import org.thalweg.demo.data.ControlCharts;
import org.thalweg.demo.data.LabelledSequences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recurrent networks on sequences that the demo makes itself. */
@Command(
        name = "lstm",
        description = "Train two LSTM layers to tell six kinds of control charts apart, or to continue a text.",
        sortOptions = false)
public final class LstmScenario implements Scenario {

    private static final int BATCH = 32;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            defaultValue = "charts",
            description = {
                "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "charts: classify 1,200 synthetic control charts; text: predict the next character of the Apache License."
            })
    private Task task = Task.CHARTS;

    @Mixin
    private final TrainingOptions options = new TrainingOptions();

    /** What the network learns. */
    private enum Task {
        CHARTS {
            @Override
            LabelledSequences training(long seed) {
                return new ControlCharts(seed).draw(0, CHARTS_FOR_TRAINING);
            }

            @Override
            LabelledSequences validation(long seed) {
                return new ControlCharts(seed).draw(CHARTS_FOR_TRAINING, CHARTS_FOR_VALIDATION);
            }

            @Override
            MultiLayerNetwork network(LabelledSequences examples, long seed) {
                return LstmNetworks.classifier(examples, seed);
            }
        },
        TEXT {
            @Override
            LabelledSequences training(long seed) throws IOException {
                return CharacterText.license(PIECE).pieces(0, HELD_OUT_FROM);
            }

            @Override
            LabelledSequences validation(long seed) throws IOException {
                return CharacterText.license(PIECE).pieces(HELD_OUT_FROM, 1);
            }

            @Override
            MultiLayerNetwork network(LabelledSequences examples, long seed) {
                return LstmNetworks.characterModel(examples, seed);
            }
        };

        private static final int CHARTS_FOR_TRAINING = 1_200;
        private static final int CHARTS_FOR_VALIDATION = 300;
        /** Characters of a piece of text. */
        private static final int PIECE = 40;
        /** The last tenth of the text is held out. */
        private static final double HELD_OUT_FROM = 0.9;

        abstract LabelledSequences training(long seed) throws IOException;

        abstract LabelledSequences validation(long seed) throws IOException;

        abstract MultiLayerNetwork network(LabelledSequences examples, long seed);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Optional<String> startOf(NetworkIdentity trained) {
        if (!trained.shapes().containsKey("0_RW")) {
            return Optional.empty();
        }
        Task task = trained.examples().contains(CharacterText.LICENSE_SOURCE) ? Task.TEXT : Task.CHARTS;
        return Optional.of("lstm --task " + task);
    }

    @Override
    public void run(Console console) throws IOException {
        options.check();
        long seed = options.seed();
        LabelledSequences training = task.training(seed);
        new TrainingRun(
                        "lstm",
                        "LSTM",
                        task.network(training, seed),
                        new Batches(training, BATCH, seed),
                        Optional.of(new Batches(task.validation(seed), BATCH, seed)),
                        options,
                        console)
                .run();
    }
}
