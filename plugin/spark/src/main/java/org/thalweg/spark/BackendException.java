package org.thalweg.spark;

import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J does not work on an executor; the message names it. */
final class BackendException extends RuntimeException {

    private BackendException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Loads the backend of this process.
     *
     * @throws BackendException if there is none, or it does not start
     */
    static void require() {
        try {
            Nd4j.getBackend();
        } catch (LinkageError e) {
            throw new BackendException(
                    "executor " + SparkEnv.get().executorId() + " on "
                            + SparkEnv.get().blockManager().blockManagerId().host()
                            + " has no working ND4J backend (" + innermost(e)
                            + "): put nd4j-native with the classifier of"
                            + " that machine on the executor's class path",
                    e);
        }
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        for (@Nullable Throwable next = thrown; next != null; next = next.getCause()) {
            cause = next;
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }
}
