package org.thalweg.spark;

import java.io.IOException;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveCluster;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * Connects the command line to Spark. Executors get the jars of this process. Settings of Spark are system
 * properties: {@code -Dspark.executor.memory=8g}.
 *
 * @since 0.2.0
 */
public final class SparkConnector implements ObjectiveCluster.Connector {

    @Override
    public ObjectiveCluster connect(String master) {
        ClusterOptions options = ClusterOptions.of(master);
        // spark-submit has already sent the jars.
        boolean sent = System.getProperty("spark.jars") != null;
        return new Connected(SparkCluster.connect(sent ? options : options.withJarsOfThisProcess()));
    }

    private record Connected(SparkCluster cluster) implements ObjectiveCluster {
        @Override
        public Objective objective(Model model, Probe probe, ObjectiveOptions objective) {
            return cluster.objective(model, probe, objective, SparkOptions.DEFAULT);
        }

        @Override
        public LocalData data(String location) throws IOException {
            return LocalFile.of(location);
        }

        @Override
        public String describe() {
            return cluster.describe();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
