package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.objective.Probe;
import org.thalweg.testing.StandardError;

/** Mistakes in adding a listener and taking it away. */
@Timeout(120)
class RepeatedListenerTest extends TrainingFixture {

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 2", "false, 3"})
    void aListenerThatWasAddedSeveralTimesTakesEachFrameOnce(boolean inline, int times) {
        MultiLayerNetwork network = network();
        String said = StandardError.during(() -> {
            try (LandscapeListener listener =
                    builder(network, EveryFrame.of(inline)).build()) {
                for (int i = 0; i < times; i++) {
                    network.addListeners(listener);
                }
                fit(network, 2);
            }
        });
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L, 10L);
        assertThat(events.frames).extracting(frame -> frame.epoch()).containsExactly(0, 1, 2);
        assertThat(events.troubles).isEmpty();
        assertThat(said).containsOnlyOnce("was added to its network " + times + " times");
        unharmed(network, 2);
    }

    @Test
    void iterationsAreCountedOnceWhereItIsAddedAgainInBetween() {
        MultiLayerNetwork network = network();
        try (LandscapeListener listener =
                builder(network).schedule(Schedule.everyIterations(3)).build()) {
            network.addListeners(listener);
            fit(network, 1);
            network.addListeners(listener);
            fit(network, 1);
            network.setListeners(listener);
            fit(network, 1);
        }
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 3L, 6L, 9L, 12L, 15L);
    }

    @Test
    void aListenerThatSetListenersDroppedSaysSoWhenItIsClosed() {
        MultiLayerNetwork network = network();
        LandscapeListener listener = builder(network).build();
        network.addListeners(listener);
        fit(network, 1);
        network.setListeners(new CollectScoresListener(1));
        fit(network, 2);
        assertThat(StandardError.during(listener::close))
                .contains("setListeners replaces all of them", "10 of its updates were not watched");
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L);
    }

    @Test
    void aListenerThatWasNeverAddedSaysSoWhenItIsClosed() {
        MultiLayerNetwork network = network();
        LandscapeListener listener = builder(network).build();
        fit(network, 1);
        assertThat(StandardError.during(listener::close)).contains("5 of its updates were not watched");
    }

    /** It need not be added where frames are taken by {@code capture} alone. */
    @Test
    void aListenerThatIsOnlyAskedToCaptureSaysNothing() {
        MultiLayerNetwork network = network();
        LandscapeListener listener = builder(network).build();
        fit(network, 1);
        listener.capture(network);
        fit(network, 1);
        assertThat(warnings(StandardError.during(listener::close))).isEmpty();
        assertThat(events.iterations()).as("seed %d", SEED).containsExactly(0L, 5L);
    }

    @Test
    void aListenerThatWasTakenAwayAfterTrainingSaysNothing() {
        MultiLayerNetwork network = network();
        LandscapeListener listener =
                LandscapeListener.builder(network).probe(Probe.of(data)).grid(3).build();
        network.addListeners(listener);
        fit(network, 1);
        network.setListeners();
        assertThat(warnings(StandardError.during(listener::close))).isEmpty();
    }
}
