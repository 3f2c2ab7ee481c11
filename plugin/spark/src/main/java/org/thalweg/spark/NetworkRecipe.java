package org.thalweg.spark;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.objective.network.NetworkObjective;

/**
 * Creates the objective of a Deeplearning4j network. Parameters are not part of it: they come with every query, and
 * constants (BatchNorm statistics, frozen layers) whenever they change.
 *
 * @param spec the network without its parameters
 * @param options the function of the parameters
 * @param compiled whether compiled kernels support every layer
 * @param precise whether the objective is in double precision
 */
record NetworkRecipe(NetworkSpec spec, ObjectiveOptions options, boolean compiled, boolean precise)
        implements ObjectiveRecipe {

    /**
     * The recipe of a network: compiled where every layer is supported, otherwise through DL4J's own layers.
     *
     * @param example one example of the probe
     * @throws IllegalArgumentException if the example does not fit the network
     */
    static NetworkRecipe of(Model model, Probe example, ObjectiveOptions options) {
        return new NetworkRecipe(NetworkSpec.of(model), options, isCovered(model, example, options), false);
    }

    private static boolean isCovered(Model model, Probe example, ObjectiveOptions options) {
        try (CompiledObjective objective = CompiledObjective.of(model, example, options)) {
            return true;
        } catch (UnsupportedNetworkException fallback) {
            return false;
        }
    }

    @Override
    public Objective make(Probe part) {
        Model model = spec.network();
        if (!compiled) {
            return NetworkObjective.of(model, part, options);
        }
        CompiledObjective objective = CompiledObjective.of(model, part, options);
        return precise ? objective.inDouble().orElseThrow() : objective;
    }

    @Override
    public int batchSize() {
        return options.mode() == ObjectiveMode.RUNNING ? 1 : options.batchSize();
    }

    @Override
    public Optional<ObjectiveRecipe> inDouble() {
        return compiled ? Optional.of(new NetworkRecipe(spec, options, true, true)) : Optional.empty();
    }
}
