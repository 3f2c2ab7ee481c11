package org.thalweg.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;

/** Spark's settings for an application of Thalweg. */
final class SparkSettings {

    /** Spark's name for the number of cores that an application takes. */
    static final String MOST_CORES = "spark.cores.max";

    private SparkSettings() {}

    static SparkConf of(ClusterOptions options) {
        SparkConf conf = new SparkConf().setAppName("Thalweg").setMaster(options.master());
        ours(options).forEach(conf::setIfMissing);
        options.settings().forEach(conf::set);
        return conf;
    }

    private static Map<String, String> ours(ClusterOptions options) {
        Map<String, String> ours = new TreeMap<>();
        ours.put("spark.executor.memory", options.memory());
        if (options.cores() > 0) {
            ours.put(MOST_CORES, Integer.toString(options.cores()));
        }
        // One task for each core and one thread for each task. OpenBLAS and OpenMP read these before any code can set
        // them.
        ours.put("spark.executorEnv.OMP_NUM_THREADS", "1");
        ours.put("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
        // An executor that fails at a task does not get it again, so one without a backend does not use up all
        // attempts.
        ours.put("spark.excludeOnFailure.enabled", "true");
        ours.put("spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "1");
        // Executors of one machine are judged separately.
        ours.put("spark.task.maxFailures", "8");
        ours.put("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "7");
        ours.put("spark.excludeOnFailure.stage.maxFailedExecutorsPerNode", "7");
        ours.put("spark.excludeOnFailure.application.maxFailedExecutorsPerNode", "7");
        // A part is created again elsewhere only after its executor has been busy for this long.
        ours.put("spark.locality.wait.process", "3s");
        ours.put("spark.locality.wait.node", "0");
        ours.put("spark.locality.wait.rack", "0");
        if (MasterAddress.of(options.master()).isLoopback()) {
            ours.put("spark.driver.host", "127.0.0.1");
            ours.put("spark.driver.bindAddress", "127.0.0.1");
        }
        // Vectors of random numbers do not compress.
        ours.put("spark.broadcast.compress", "false");
        // SparkOptions.driverLimit bounds the answers.
        ours.put("spark.driver.maxResultSize", "0");
        ours.put("spark.ui.enabled", "false");
        ours.put("spark.ui.showConsoleProgress", "false");
        return ours;
    }
}
