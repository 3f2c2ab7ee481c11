package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** On a cluster without a backend on any executor every computation ends and says why. */
class NoBackendTest {

    private final long seed = Seeds.fresh("NoBackendTest");

    @TempDir
    private Path directory;

    @Test
    void namesTheReasonAndDoesNotRetryForEver() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        Probe probe = Probe.of(Networks.data(20, seed, 6));
        try (StandaloneCluster standalone = StandaloneCluster.start(directory, 0)) {
            standalone.addWorkerWithout("nd4j-native");
            standalone.addWorkerWithout("nd4j-native");
            try (SparkCluster cluster = SparkCluster.connect(
                            ClusterOptions.of(standalone.master()).withCores(2).withMemory("512m"));
                    Objective objective =
                            cluster.objective(network, probe, ObjectiveOptions.DEFAULT, SparkOptions.DEFAULT)) {
                INDArray theta = objective.layout().pack(network.params());
                assertFails(() -> objective.evaluate(theta));
                try (LinearOperator hessian = objective.hessianAt(theta)) {
                    assertFails(() -> hessian.multiply(theta));
                }
            }
        }
    }

    private static void assertFails(Runnable query) {
        assertThatThrownBy(query::run)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("has no working ND4J backend (")
                .hasMessageContaining("put nd4j-native");
    }
}
