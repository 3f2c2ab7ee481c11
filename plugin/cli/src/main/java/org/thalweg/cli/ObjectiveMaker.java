package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.ProbeReader;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.objective.Device;
import org.thalweg.objective.ObjectiveCluster;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;

/** Reads probes and creates objectives, on this machine or on a cluster whose jars are on the class path. */
final class ObjectiveMaker implements AutoCloseable {

    private final @Nullable ObjectiveCluster cluster;
    private final Device device;

    private ObjectiveMaker(@Nullable ObjectiveCluster cluster, Device device) {
        this.cluster = cluster;
        this.device = device;
    }

    /**
     * Connects to a cluster if there is a master.
     *
     * @param master address of the cluster; null for this machine
     * @param device of this machine
     * @param notes receives messages for the user
     * @throws IllegalStateException if no jar on the class path supports clusters
     */
    static ObjectiveMaker of(@Nullable String master, Device device, PrintWriter notes) {
        if (master == null) {
            return new ObjectiveMaker(null, device);
        }
        ObjectiveCluster cluster = ServiceLoader.load(ObjectiveCluster.Connector.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("--master " + master
                        + " needs Spark, which is not on the class path: start plugin/spark/thalweg-spark instead of"
                        + " thalweg"))
                .connect(master);
        notes.println("computed by " + cluster.describe());
        return new ObjectiveMaker(cluster, device);
    }

    /**
     * Reads the training probe from files of this machine or from anywhere the cluster can read.
     *
     * @param seed seed of the draw
     * @throws IOException if the data cannot be read or do not fit the network; the message names them
     */
    Probe training(DataOptions options, Model model, long seed) throws IOException {
        return read(options.data, Part.TRAINING, model, options, seed);
    }

    /** Reads the validation probe like {@link #training}; null if there is none. */
    @Nullable
    Probe validation(DataOptions options, Model model, long seed) throws IOException {
        return options.validation == null ? null : read(options.validation, Part.VALIDATION, model, options, seed);
    }

    private Probe read(String data, Part part, Model model, DataOptions options, long seed) throws IOException {
        if (cluster == null) {
            if (data.contains("://")) {
                throw new IOException(data + " is not a path of this machine: with --master, Spark reads it");
            }
            return ProbeReader.read(Path.of(data), part, model, options.probe, seed, options.images());
        }
        try (ObjectiveCluster.LocalData here = cluster.data(data)) {
            // The local copy's name is meaningless and differs each time.
            UnaryOperator<String> named =
                    data.contains("://") ? text -> text.replace(here.path().toString(), data) : text -> text;
            try {
                Probe probe = ProbeReader.read(here.path(), part, model, options.probe, seed, options.images());
                return probe.from(named.apply(probe.source()));
            } catch (IOException e) {
                throw new IOException(named.apply(String.valueOf(e.getMessage())), e);
            }
        }
    }

    /** The objective of a network on a probe. */
    ObjectiveChoice choose(Model model, Probe probe, ObjectiveOptions options) {
        return cluster == null
                ? ObjectiveChoice.of(model, probe, options, false, device)
                : ObjectiveChoice.made(cluster.objective(model, probe, options), false);
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
