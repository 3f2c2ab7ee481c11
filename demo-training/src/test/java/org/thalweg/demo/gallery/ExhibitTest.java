package org.thalweg.demo.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Seeds;

/** All networks of the gallery have exact Hessian products, and Deeplearning4j's own loss. */
class ExhibitTest {

    private final long seed = Seeds.fresh("ExhibitTest");

    @ParameterizedTest
    @EnumSource(Exhibit.class)
    void compiles(Exhibit exhibit) {
        LabelledImages images = new StrokeDigits(seed).split(8, 1).training();
        Model network = exhibit.network(images, 2, seed);
        network.init();
        DataSet data = images.dataSet(0, 1, 2, 3, 4, 5, 6, 7);

        try (Objective objective = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT)) {
            // Single precision, through at most twenty layers.
            assertThat(objective
                            .evaluate(objective.layout().pack(network.params()))
                            .loss())
                    .as("%s, seed %d", exhibit.title(), seed)
                    .isCloseTo(score(network, data), withinPercentage(0.1));
        }
    }

    private static double score(Model network, DataSet data) {
        return network instanceof ComputationGraph graph
                ? graph.score(data, false)
                : ((MultiLayerNetwork) network).score(data, false);
    }
}
