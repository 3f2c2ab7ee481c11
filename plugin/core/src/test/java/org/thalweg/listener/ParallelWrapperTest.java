package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/**
 * ParallelWrapper calls one listener from all its threads, each with a replica; one of them trains the network itself. Its
 * own runs differ from each other, since replicas are copied from that network while it is trained already, so there are
 * no bits to compare. Its mode SHARED_GRADIENTS can lock up by itself at that moment, so it is tried with AVERAGING alone.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ParallelWrapperTest {

    private static final long SEED = Seeds.fresh("ParallelWrapperTest");

    /** 24 examples in batches of 4 for two replicas: three iterations each, a pass. */
    private final DataSet data = Networks.data(24, SEED, 6);

    private final CollectedFrames frames = new CollectedFrames();

    /** What the network itself had after each of its updates. */
    private static final class Witness extends BaseTrainingListener {
        private final Model network;
        private final List<float[]> parameters = new CopyOnWriteArrayList<>();

        Witness(Model network) {
            this.network = network;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            if (model == network) {
                parameters.add(model.params().dup('c').data().asFloat());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void framesAreThoseOfTheReplicaThatIsTheNetworkItself(boolean graph, boolean inline) {
        Model model = graph ? Networks.graph(DataType.FLOAT, SEED) : Networks.mlp(DataType.FLOAT, SEED);
        Witness witness = new Witness(model);
        LandscapeListenerBuilder builder = small(model)
                .pacing(EveryFrame.of(inline))
                .recording(RecordingOptions.DEFAULT.withWeights(true))
                .sink(frames);
        try (LandscapeListener listener = builder.build()) {
            model.addListeners(listener, witness);
            String said = StandardError.during(() -> train(model, 2));
            assertThat(said).containsOnlyOnce("replicas are left out on purpose");
        }
        assertThat(frames.iterations()).as("seed %d", SEED).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(witness.parameters).as("seed %d", SEED).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(flat(frames.frames().get(i + 1).weights()))
                    .as("update %d, seed %d", i, SEED)
                    .containsExactly(sorted(witness.parameters.get(i)));
        }
    }

    @Test
    void anErrorThatWouldHangItStaysInside() {
        Model model = Networks.mlp(DataType.FLOAT, SEED);
        FrameSink broken = frame -> {
            throw new StackOverflowError("thrown on a training thread");
        };
        try (LandscapeListener listener =
                small(model).pacing(EveryFrame.INLINE).sink(broken).sink(frames).build()) {
            model.addListeners(listener);
            train(model, 1);
        }
        assertThat(frames.iterations()).containsExactly(0L, 1L, 2L, 3L);
    }

    private void train(Model model, int passes) {
        try (ParallelWrapper wrapper = new ParallelWrapper.Builder<>(model)
                .workers(2)
                .prefetchBuffer(0)
                .averagingFrequency(1)
                .trainingMode(TrainingMode.AVERAGING)
                .build()) {
            for (int i = 0; i < passes; i++) {
                wrapper.fit(new ListDataSetIterator<>(data.asList(), 4));
            }
        } catch (Exception e) {
            throw new AssertionError("training ended, seed " + SEED, e);
        }
    }

    private LandscapeListenerBuilder small(Model model) {
        return LandscapeListener.builder(model)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .eigenvalues(1);
    }

    /** All values of a frame's weights, sorted, since a network's flat vector has another order. */
    private static float[] flat(List<NamedArray> weights) {
        List<Float> values = new ArrayList<>();
        for (NamedArray array : weights) {
            for (float value : (float[]) array.values()) {
                values.add(value);
            }
        }
        float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return sorted(flat);
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
