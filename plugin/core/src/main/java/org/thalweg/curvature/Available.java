package org.thalweg.curvature;

import java.util.Optional;

/**
 * A value, or the reason why there is none. Immutable.
 *
 * @param value the value; null if there is none
 * @param reason why there is no value; empty if there is one
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
     * The value.
     *
     * @throws AbsentException if there is no value
     */
    public T get() {
        return value.orElseThrow(() -> new AbsentException(reason));
    }
}
