package org.thalweg.spark;

import org.jspecify.annotations.Nullable;

/**
 * A cluster cannot be reached, has no executor left, or failed at a task; the message says what and where.
 *
 * @since 0.2.0
 */
public final class ClusterException extends RuntimeException {

    ClusterException(String message) {
        this(message, null);
    }

    ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
