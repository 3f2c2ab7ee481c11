package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Seeds;

/** Training that is watched is the same training, to the last bit. */
@Timeout(300)
class BitIdentityTest {

    private static final long SEED = Seeds.fresh("BitIdentityTest");

    /** Two batches an epoch, so four iterations; the recurrent network makes two of each batch. */
    private static final int BATCHES = 2;

    private static final int BATCH = 4;

    static Stream<Arguments> combinations() {
        return networks()
                .flatMap(network -> Arrays.stream(FormOfFit.values())
                        .map(form -> Arguments.of(network.get()[0], network.get()[1], form)));
    }

    /** Each network as a sequence of layers and as a graph. */
    static Stream<Arguments> networks() {
        return Arrays.stream(TrainedNetwork.values())
                .flatMap(network -> Stream.of(false, true).map(graph -> Arguments.of(network, graph)));
    }

    @ParameterizedTest(name = "{0}, graph {1}, {2}")
    @MethodSource("combinations")
    void watchedTrainingEndsWithTheSameBits(TrainedNetwork network, boolean graph, FormOfFit form) {
        LongFunction<Model> maker = graph ? network::graph : network::sequential;
        Consumer<Model> training = model -> form.train(model, batches(network));
        TrainingOutcome alone = TrainingOutcome.of(maker, SEED, training);
        for (boolean inline : new boolean[] {false, true}) {
            CollectedFrames frames = new CollectedFrames();
            TrainingOutcome watched = TrainingOutcome.of(maker, SEED, model -> {
                LandscapeListenerBuilder builder = small(network, model)
                        .pacing(EveryFrame.of(inline))
                        .schedule(Schedule.everyIterations(alone.iterations() / 2))
                        .sink(frames);
                try (LandscapeListener listener = builder.build()) {
                    model.addListeners(listener);
                    training.accept(model);
                }
            });
            watched.requireSameAs(alone, "inline " + inline + ", seed " + SEED);
            assertThat(frames.frames()).as("inline %s, seed %d", inline, SEED).hasSize(3);
        }
    }

    /** The worker computes frames without pause, and training does not wait for it. */
    @ParameterizedTest(name = "{0}, graph {1}")
    @MethodSource("networks")
    void watchedTrainingEndsWithTheSameBitsWhileFramesAreComputed(TrainedNetwork network, boolean graph) {
        LongFunction<Model> maker = graph ? network::graph : network::sequential;
        CollectedFrames frames = new CollectedFrames();
        int[] epochs = {0};
        TrainingOutcome watched = TrainingOutcome.of(maker, SEED, model -> {
            try (LandscapeListener listener = small(network, model)
                    .schedule(Schedule.everyIterations(1))
                    .pacing(PacingOptions.DEFAULT.withOnBusy(OnBusy.SKIP))
                    .sink(frames)
                    .build()) {
                model.addListeners(listener);
                // Until iterations were made while a frame was in progress, several times.
                while (frames.frames().size() < 3 || frames.skipped().size() < 3) {
                    FormOfFit.DATA_SET.train(model, batches(network));
                    epochs[0]++;
                }
            }
        });
        TrainingOutcome alone = TrainingOutcome.of(maker, SEED, model -> {
            for (int epoch = 0; epoch < epochs[0]; epoch++) {
                FormOfFit.DATA_SET.train(model, batches(network));
            }
        });
        watched.requireSameAs(alone, "background, seed " + SEED);
    }

    private static LandscapeListenerBuilder small(TrainedNetwork network, Model model) {
        return LandscapeListener.builder(model)
                .probe(Probe.of(network.data(5, SEED + 1)))
                .grid(3)
                .curvature(CurvatureOptions.DEFAULT
                        .withBudget(KrylovBudget.DEFAULT.withProducts(3))
                        .withSelfCheck(false)
                        .withEigenvalues(1));
    }

    /** Created for each training, which may write into it. */
    private static List<DataSet> batches(TrainedNetwork network) {
        return network.data(BATCHES * BATCH, SEED).batchBy(BATCH);
    }
}
