package org.thalweg.objective.setup;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.objective.Device;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.objective.network.NetworkObjective;

/**
 * Chooses the objective of a network: compiled where every layer is supported, otherwise through Deeplearning4j's own
 * layers.
 *
 * @param objective the chosen objective
 * @param fallbackReason the layer that cannot be compiled, and why; empty for a compiled objective
 * @since 0.2.0
 */
public record ObjectiveChoice(Objective objective, Optional<String> fallbackReason) {

    /** The objective of a network on a probe, on {@link Device#AUTO}. */
    public static ObjectiveChoice of(Model model, Probe probe, ObjectiveOptions options, boolean exactOnly) {
        return of(model, probe, options, exactOnly, Device.AUTO);
    }

    /**
     * The objective of a network on a probe.
     *
     * @param exactOnly whether to reject networks that cannot be compiled
     * @param device where a compiled objective computes; others compute where ND4J does
     * @throws UnsupportedNetworkException if the network cannot be compiled and {@code exactOnly}
     * @throws IllegalArgumentException if the probe does not fit the network, or there is no such device
     */
    public static ObjectiveChoice of(
            Model model, Probe probe, ObjectiveOptions options, boolean exactOnly, Device device) {
        BatchStatistics.require(model, probe, options);
        try {
            return new ObjectiveChoice(CompiledObjective.of(model, probe, options, device), Optional.empty());
        } catch (UnsupportedNetworkException e) {
            if (exactOnly) {
                throw e;
            }
            return new ObjectiveChoice(NetworkObjective.of(model, probe, options), Optional.ofNullable(e.getMessage()));
        }
    }

    /**
     * An objective that was created elsewhere.
     *
     * @throws UnsupportedNetworkException if its Hessian products are finite differences and {@code exactOnly}
     */
    public static ObjectiveChoice made(Objective objective, boolean exactOnly) {
        if (exactOnly && objective.hessianMethod() != HessianMethod.EXACT) {
            throw new UnsupportedNetworkException(
                    objective.name(), "has finite differences for Hessian products, but exactOnly asks for exact ones");
        }
        return new ObjectiveChoice(objective, Optional.empty());
    }
}
