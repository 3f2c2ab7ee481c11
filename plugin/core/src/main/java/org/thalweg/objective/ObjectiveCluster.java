package org.thalweg.objective;

/**
 * Other machines that compute objectives, as a command line starts to use them. Its objectives are closed before it is.
 */
public interface ObjectiveCluster extends ObjectiveFactory, AutoCloseable {

    /** Connects to clusters of a kind; found by {@link java.util.ServiceLoader} where its jars are on the class path. */
    @FunctionalInterface
    interface Connector {

        /**
         * Connects to a cluster.
         *
         * @param master its address
         * @throws RuntimeException if it cannot be reached, or gives nobody to work; the message says what to do
         */
        ObjectiveCluster connect(String master);
    }

    /** What is known of it, in words. */
    String describe();

    @Override
    void close();
}
