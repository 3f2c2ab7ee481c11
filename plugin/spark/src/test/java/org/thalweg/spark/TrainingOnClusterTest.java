package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.PacingOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** The driver trains and the cluster computes the frames: frames and training equal those of one machine. */
class TrainingOnClusterTest {

    private static final long SEED = Seeds.fresh("TrainingOnClusterTest");

    private final DataSet data = Networks.data(40, SEED, 1, 8, 8);

    private record Trained(List<Frame> frames, double[] parameters) {}

    @Test
    void framesAndTrainingEqualOneMachines() {
        Trained here = train(null);
        try (SparkCluster cluster = SparkCluster.connect(ClusterOptions.of("local[2]"))) {
            Trained there = train(cluster);
            assertThat(there.parameters()).as("seed %s", SEED).isEqualTo(here.parameters());
            assertThat(there.frames()).hasSameSizeAs(here.frames()).hasSizeGreaterThan(2);
            for (int i = 0; i < here.frames().size(); i++) {
                same(here.frames().get(i), there.frames().get(i));
            }
        }
    }

    private Trained train(@Nullable SparkCluster cluster) {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, SEED, true);
        List<Frame> frames = new ArrayList<>();
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .validation(Probe.of(Networks.data(17, SEED + 1, 1, 8, 8)))
                .grid(3)
                .curvature(CurvatureOptions.DEFAULT
                        .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                        .withLanczos(Lanczos.DEFAULT.withBasisSize(8))
                        .withBudget(KrylovBudget.DEFAULT.withProducts(12)))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .sink(frames::add);
        if (cluster != null) {
            builder.objectives(cluster.objectives(SparkOptions.DEFAULT.withParts(3)));
        }
        try (LandscapeListener listener = builder.build()) {
            network.addListeners(listener);
            network.fit(new ListDataSetIterator<>(data.asList(), 10), 2);
        }
        return new Trained(frames, network.params().toDoubleVector());
    }

    private static void same(Frame expected, Frame found) {
        assertThat(found.iteration()).isEqualTo(expected.iteration());
        assertThat(found.status()).isEqualTo(expected.status());
        double[][] one = expected.surface().loss();
        double[][] other = found.surface().loss();
        for (int row = 0; row < one.length; row++) {
            for (int column = 0; column < one.length; column++) {
                assertThat(other[row][column])
                        .as("seed %s, frame %s, row %s, column %s", SEED, expected.iteration(), row, column)
                        .isCloseTo(one[row][column], within(1e-10 * one[row][column]));
            }
        }
        assertThat(found.validationLoss().getAsDouble())
                .as("seed %s", SEED)
                .isCloseTo(expected.validationLoss().getAsDouble(), within(1e-10 * expected.loss()));
        // Both iterations form the same products of the same operator, up to rounding.
        assertThat(found.curvature().lambdaMax().orElseThrow().value())
                .as("seed %s", SEED)
                .isCloseTo(
                        expected.curvature().lambdaMax().orElseThrow().value(),
                        within(1e-6
                                * expected.curvature().lambdaMax().orElseThrow().value()));
    }
}
