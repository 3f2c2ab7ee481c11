package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Watched training by ParallelWrapper equals unwatched training to the last bit, if it is repeatable at all. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ParallelBitIdentityTest {

    private static final long SEED = Seeds.fresh("ParallelBitIdentityTest");

    private static final int WORKERS = 2;

    private static final int BATCH = 4;

    /** Six iterations of each replica. */
    private final DataSet data = Networks.data(2 * 6 * BATCH, SEED, 6);

    @ParameterizedTest
    @CsvSource({
        "AVERAGING, false, false",
        "AVERAGING, false, true",
        "AVERAGING, true, false",
        "AVERAGING, true, true",
        "SHARED_GRADIENTS, false, false",
        "SHARED_GRADIENTS, true, false"
    })
    void watchedReplicasEndWithTheSameBits(TrainingMode mode, boolean graph, boolean inline) {
        LongFunction<Model> maker =
                graph ? seed -> Networks.graph(DataType.FLOAT, seed) : seed -> Networks.mlp(DataType.FLOAT, seed);
        Consumer<Model> training = model -> train(model, mode);
        TrainingOutcome alone = TrainingOutcome.of(maker, SEED, training);
        CollectedFrames frames = new CollectedFrames();
        TrainingOutcome watched = TrainingOutcome.of(maker, SEED, model -> {
            LandscapeListenerBuilder builder = LandscapeListener.builder(model)
                    .probe(Probe.of(data))
                    .schedule(Schedule.everyIterations(2))
                    .pacing(EveryFrame.of(inline))
                    .grid(3)
                    .eigenvalues(1)
                    .sink(frames);
            try (LandscapeListener listener = builder.build()) {
                model.addListeners(listener);
                training.accept(model);
            }
        });
        watched.requireSameAs(alone, mode + ", seed " + SEED);
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 2L, 4L, 6L);
    }

    private void train(Model model, TrainingMode mode) {
        ReplicaGate gate = new ReplicaGate(WORKERS);
        model.addListeners(gate);
        try (ParallelWrapper wrapper = new ParallelWrapper.Builder<>(model)
                .workers(WORKERS)
                .prefetchBuffer(0)
                .averagingFrequency(1)
                .trainingMode(mode)
                .build()) {
            wrapper.fit(gate.before(data.asList(), BATCH));
        } catch (Exception e) {
            throw new AssertionError("training ended, seed " + SEED, e);
        }
    }
}
