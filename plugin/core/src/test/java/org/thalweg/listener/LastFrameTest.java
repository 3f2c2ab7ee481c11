package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.Probe;

/** The frame at the end of training is the one that matters. */
@Timeout(120)
class LastFrameTest extends TrainingFixture {

    /** Keeps the worker busy with one frame until it is let go. */
    private static final class Gate implements FrameSink {
        private final long held;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final Semaphore permits = new Semaphore(0);

        Gate(long held) {
            this.held = held;
        }

        @Override
        public void frame(Frame frame) throws InterruptedException {
            if (frame.iteration() == held) {
                reached.countDown();
                permits.acquire();
            }
        }
    }

    @Test
    void theNewestFrameThatIsDueWaitsAndOlderOnesGiveWay() throws InterruptedException {
        Gate gate = new Gate(5);
        MultiLayerNetwork network = network();
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .sink(gate)
                .sink(events)
                .build();
        network.addListeners(listener);
        fit(network, 1);
        gate.reached.await();
        fit(network, 2);
        gate.permits.release();
        listener.close();
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L, 15L);
        assertThat(events.troubles).containsExactly("10 busy");
        unharmed(network, 3);
    }

    /** Three epochs, however slow the worker is: the last frame is there, every other one once or counted. */
    @Test
    void theLastFrameIsThereWhateverTheWorkerDoes() {
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(9)
                .sink(events)
                .build()) {
            network.addListeners(listener);
            fit(network, 3);
        }
        List<Long> iterations = events.iterations();
        assertThat(iterations)
                .as("seed %d", SEED)
                .doesNotHaveDuplicates()
                .startsWith(0L)
                .endsWith(15L);
        assertThat(iterations.size() + events.troubles.size()).isEqualTo(4);
    }

    @Test
    void aCaptureOfTheFrameThatWaitsTakesItOnce() throws InterruptedException {
        Gate gate = new Gate(5);
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .sink(gate)
                .sink(events)
                .build()) {
            network.addListeners(listener);
            fit(network, 1);
            gate.reached.await();
            fit(network, 1);
            gate.permits.release();
            listener.capture(network);
        }
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L, 10L);
    }

    @Test
    void aCaptureByAnInterruptedThreadIsComputedAllTheSame() {
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(100))
                .grid(3)
                .sink(events)
                .build()) {
            network.addListeners(listener);
            fit(network, 1);
            Thread.currentThread().interrupt();
            listener.capture(network);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L);
    }
}
