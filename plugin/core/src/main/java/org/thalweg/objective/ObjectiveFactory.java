package org.thalweg.objective;

import org.deeplearning4j.nn.api.Model;

/**
 * Makes the objective of a network: a cluster that computes it elsewhere, say.
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
     * @throws UnsupportedNetworkException if the network cannot be such a function
     */
    Objective objective(Model model, Probe probe, ObjectiveOptions options);
}
