package org.thalweg.spark;

import org.jspecify.annotations.Nullable;

/** A cluster that cannot be reached, has nobody left to work, or failed at a task; the message says which and where. */
public final class ClusterException extends RuntimeException {

    ClusterException(String message) {
        this(message, null);
    }

    ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
