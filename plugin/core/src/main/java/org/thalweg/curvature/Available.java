package org.thalweg.curvature;

import java.util.Optional;

/**
 * Something that may be there, or the reason why it is not. Immutable.
 *
 * @param value what is there
 * @param reason why nothing is; empty if something is
 * @since 0.2.0
 */
public record Available<T>(Optional<T> value, String reason) {

    public static <T> Available<T> of(T value) {
        return new Available<>(Optional.of(value), "");
    }

    public static <T> Available<T> absent(String reason) {
        return new Available<>(Optional.empty(), reason);
    }

    /**
     * What is there.
     *
     * @throws AbsentException if nothing is
     */
    public T get() {
        return value.orElseThrow(() -> new AbsentException(reason));
    }
}
