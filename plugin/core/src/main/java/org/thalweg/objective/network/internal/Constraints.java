package org.thalweg.objective.network.internal;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterSnapshot;

/**
 * Applies a network's weight constraints (MaxNorm and its kin) to snapshots. DL4J applies them after
 * {@code iterationDone}, so a snapshot taken there has not seen them yet. Confined to one thread at a time.
 */
public final class Constraints {

    private final Model copy;

    private Constraints(Model copy) {
        this.copy = copy;
    }

    /** The constraints of a network, if it has any; the network is copied and not kept. */
    public static Optional<Constraints> of(Model live) {
        boolean constrained = NetworkLayout.layers(live).values().stream().anyMatch(Constraints::constrains);
        return constrained ? Optional.of(new Constraints(copy(live))) : Optional.empty();
    }

    /** The snapshot as training continues from it. */
    public ParameterSnapshot applyTo(ParameterSnapshot snapshot) {
        copy.setParams(snapshot.parameters());
        copy.applyConstraints((int) snapshot.iteration(), snapshot.epoch());
        return new ParameterSnapshot(
                snapshot.iteration(), snapshot.epoch(), copy.params().dup());
    }

    private static boolean constrains(Layer layer) {
        List<LayerConstraint> constraints =
                NetworkLayout.unwrapped(layer.conf().getLayer()).getConstraints();
        return constraints != null && !constraints.isEmpty();
    }

    private static Model copy(Model live) {
        if (live instanceof MultiLayerNetwork network) {
            MultiLayerNetwork copy =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            copy.init(network.params().dup(), false);
            return copy;
        }
        ComputationGraph graph = (ComputationGraph) live;
        ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
        copy.init(graph.params().dup(), false);
        return copy;
    }
}
