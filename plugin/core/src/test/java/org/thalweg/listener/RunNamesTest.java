package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thalweg.metrics.MeterNames;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.StandardError;

/** Two runs in one registry do not write into each other's meters. */
@Timeout(120)
class RunNamesTest extends TrainingFixture {

    @Test
    void aRunWhoseNameIsTakenGetsAnotherOne() throws Exception {
        MultiLayerNetwork first = network();
        MultiLayerNetwork second = network();
        String said = StandardError.during(() -> {
            try (LandscapeListener one = builder(first).build();
                    LandscapeListener other = builder(second)
                            .recordTo(directory.resolve("MultiLayerNetwork"))
                            .build()) {
                first.addListeners(one);
                second.addListeners(other);
                fit(first, 1);
                fit(second, 2);
            }
        });
        assertThat(said).containsOnlyOnce("another run named 'MultiLayerNetwork'");
        assertThat(iteration("MultiLayerNetwork")).isEqualTo(5);
        assertThat(iteration("MultiLayerNetwork-2")).isEqualTo(10);
        assertThat(recorded("MultiLayerNetwork")).isEqualTo(2);
        assertThat(recorded("MultiLayerNetwork-2")).isEqualTo(3);
        assertThat(RunReader.open(directory.resolve("MultiLayerNetwork"))
                        .provenance()
                        .run())
                .isEqualTo("MultiLayerNetwork-2");
    }

    @Test
    void aNameIsFreeAgainWhenItsRunIsClosedOrCouldNotBegin() {
        assertThat(StandardError.during(() -> {
                    builder(network()).build().close();
                    builder(network()).build().close();
                }))
                .doesNotContain("another run named");
        MultiLayerNetwork network = network();
        LandscapeListenerBuilder unwilling = builder(network).sink(new Unwilling());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(unwilling::build))
                .hasMessage("not today");
        assertThat(StandardError.during(() -> builder(network()).build().close()))
                .doesNotContain("another run named");
    }

    private static final class Unwilling implements org.thalweg.frame.FrameSink {
        @Override
        public void start(org.thalweg.frame.RunProvenance run) {
            throw new IllegalStateException("not today");
        }

        @Override
        public void frame(org.thalweg.frame.Frame frame) {}
    }

    private double iteration(String run) {
        return registry.get(MeterNames.ITERATION.meterName())
                .tag("run", run)
                .gauge()
                .value();
    }

    private double recorded(String run) {
        return registry.get(MeterNames.RECORDED.meterName())
                .tag("run", run)
                .counter()
                .count();
    }
}
