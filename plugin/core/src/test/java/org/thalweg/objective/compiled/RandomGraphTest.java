package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.RepeatedTest;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Probe;
import org.thalweg.objective.network.NetworkObjective;

/** The contract for graphs that were put together at random. */
class RandomGraphTest {

    private final Fresh fresh = Fresh.start();

    @RepeatedTest(12)
    void holds() {
        RandomGraph random = new RandomGraph(fresh);
        ComputationGraph graph = random.finish();
        Probe probe = random.probe();
        new Contract(graph, probe, fresh, random.toString()).hold();
        fallbackIsTheSameFunction(graph, probe, random.toString());
    }

    private void fallbackIsTheSameFunction(ComputationGraph graph, Probe probe, String what) {
        try (CompiledObjective compiled = CompiledObjective.of(graph, probe, ObjectiveOptions.DEFAULT);
                NetworkObjective network = NetworkObjective.of(graph, probe, ObjectiveOptions.DEFAULT)) {
            ObjectiveValue one = compiled.evaluate(compiled.layout().pack(graph.params()));
            ObjectiveValue other = network.evaluate(network.layout().pack(graph.params()));
            assertThat(one.loss())
                    .as("loss of %s, -Dthalweg.seed=%d", what, fresh.seed())
                    .isCloseTo(other.loss(), within(1e-10 * Math.max(1, other.loss())));
            assertThat(one.accuracyOrNaN())
                    .as("accuracy of %s, -Dthalweg.seed=%d", what, fresh.seed())
                    .isEqualTo(Double.valueOf(other.accuracyOrNaN()));
        }
    }
}
