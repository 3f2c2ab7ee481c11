package org.thalweg.objective;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Other machines that compute objectives. Close its objectives before the cluster.
 *
 * @since 0.2.0
 */
public interface ObjectiveCluster extends ObjectiveFactory, AutoCloseable {

    /** Connects to clusters of a kind; found by {@link java.util.ServiceLoader} where its jars are on the class path. */
    @FunctionalInterface
    interface Connector {

        /**
         * Connects to a cluster.
         *
         * @param master its address
         * @throws RuntimeException if it cannot be reached or has no workers; the message says what to do
         */
        ObjectiveCluster connect(String master);
    }

    /** A file or directory on this machine. Closing deletes it if it is a copy. */
    interface LocalData extends AutoCloseable {

        /** Where it is until it is closed. */
        Path path();

        @Override
        void close() throws IOException;
    }

    /**
     * Copies data to this machine unless they are there.
     *
     * @param location a path, or a URI of any file system that the cluster knows: {@code hdfs://host/data}, say
     * @throws IOException if nothing is there; the message names the location
     */
    LocalData data(String location) throws IOException;

    /** The cluster in words. */
    String describe();

    @Override
    void close();
}
