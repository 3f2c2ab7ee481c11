package org.thalweg.demo;

import java.io.IOException;
import java.util.Optional;

/**
 * A training run worth watching: a network, its data and its training. An implementation is a picocli {@code
 * @Command} with a name, a description and its own options, listed in {@code
 * META-INF/services/org.thalweg.demo.Scenario}; nothing else is needed to appear on the command line.
 */
public interface Scenario {

    /**
     * Trains, with its options set from the command line.
     *
     * @param console where to report
     * @throws IOException if something cannot be read or written; the message names it
     * @throws IllegalArgumentException if an option's value does not fit; the message names both
     */
    void run(Console console) throws IOException;

    /** The words that start a training of the same network on the same kind of data; empty if this scenario has none. */
    default Optional<String> startOf(NetworkIdentity trained) {
        return Optional.empty();
    }
}
