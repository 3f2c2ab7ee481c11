package org.thalweg.objective;

import org.deeplearning4j.nn.api.Model;

/**
 * Creates the objective of a network, for example one that a cluster computes.
 *
 * @since 0.2.0
 */
@FunctionalInterface
public interface ObjectiveFactory {

    /**
     * The objective of a network on a probe.
     *
     * @param model initialized; only read, and not kept
     * @throws IllegalArgumentException if the probe does not fit the network
     * @throws UnsupportedNetworkException if the network is not supported
     */
    Objective objective(Model model, Probe probe, ObjectiveOptions options);
}
