package org.thalweg.objective;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Other machines that compute objectives. Close its objectives before the cluster.
 *
 * @since 0.2.0
 */
public interface ObjectiveCluster extends ObjectiveFactory, AutoCloseable {

    /**
     * Connects to clusters of one kind; {@link java.util.ServiceLoader} finds it where its jars are on the class path.
     */
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

    /** A file or directory on this machine. Closing deletes it if it is a temporary copy. */
    interface LocalData extends AutoCloseable {

        /** Its path until it is closed. */
        Path path();

        @Override
        void close() throws IOException;
    }

    /**
     * Copies data to this machine unless they are already there.
     *
     * @param location a path, or a URI of any file system that the cluster knows, such as {@code hdfs://host/data}
     * @throws IOException if it does not exist; the message names the location
     */
    LocalData data(String location) throws IOException;

    /** A description of the cluster. */
    String describe();

    @Override
    void close();
}
