package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveCluster;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What the command line finds when this module is on its class path. */
class SparkConnectorTest {

    private final long seed = Seeds.fresh("SparkConnectorTest");

    @Test
    void connectsToTheNamedMaster() {
        ObjectiveCluster.Connector connector =
                ServiceLoader.load(ObjectiveCluster.Connector.class).findFirst().orElseThrow();
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        Probe probe = Probe.of(Networks.data(20, seed, 6));
        try (ObjectiveCluster cluster = connector.connect("local[2]");
                Objective objective = cluster.objective(network, probe, ObjectiveOptions.DEFAULT)) {
            assertThat(cluster.describe()).isEqualTo("Spark at local[2], 2 cores");
            INDArray theta = objective.layout().pack(network.params());
            double expected = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)
                    .evaluate(theta)
                    .loss();
            assertThat(objective.evaluate(theta).loss()).as("seed %s", seed).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void executorsGetTheJarsTheyLack() {
        String jars = Jars.ofThisProcess();
        assertThat(jars).contains("nd4j-native").doesNotContain("spark-core");
        assertThat(jars.split(",")).allMatch(jar -> jar.endsWith(".jar"));
    }

    @Test
    void sendsTheFirstOfJarsWithOneName() {
        String classPath = String.join(File.pathSeparator, "/lib/b.jar", "/lib/a.jar", "/more/b.jar", "/classes");
        assertThat(Jars.of(classPath, Path.of("/spark"))).isEqualTo("/lib/b.jar,/lib/a.jar");
        assertThat(Jars.of(classPath, Path.of("/lib"))).isEqualTo("/more/b.jar");
    }
}
