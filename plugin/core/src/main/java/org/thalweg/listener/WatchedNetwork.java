package org.thalweg.listener;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;

/** The network that a listener was built for; distinguishes it from other callers of the listener. Thread-safe. */
final class WatchedNetwork {

    /** ParallelWrapper's name of the threads that train its replicas; it is not a dependency. */
    private static final String PARALLEL_TRAINERS = "ParallelWrapper training thread";

    /** The kinds of callers of a listener. */
    enum Caller {
        /** The network itself. */
        WATCHED,
        /** A copy of it that ParallelWrapper trains. */
        REPLICA,
        /** A layer that is pretrained. */
        LAYER,
        /** A network that the listener was added to but not built for. */
        STRANGER
    }

    /** Weak, so that a listener that is never closed does not keep the network in memory. */
    private final WeakReference<Model> network;

    private final long parameters;
    private final String description;

    WatchedNetwork(Model network) {
        this.network = new WeakReference<>(network);
        this.parameters = network.numParams();
        this.description = describe(network);
    }

    Caller caller(Model model) {
        if (is(model)) {
            return Caller.WATCHED;
        }
        if (!(model instanceof MultiLayerNetwork) && !(model instanceof ComputationGraph)) {
            return Caller.LAYER;
        }
        boolean replica =
                Thread.currentThread().getName().startsWith(PARALLEL_TRAINERS) && model.numParams() == parameters;
        return replica ? Caller.REPLICA : Caller.STRANGER;
    }

    boolean is(Model model) {
        return model == network.get();
    }

    /** A text that identifies a network, even among those of the same configuration. */
    @Override
    public String toString() {
        return description;
    }

    static String describe(Model network) {
        return String.format(
                Locale.ROOT,
                "%s@%x of %,d parameters",
                network.getClass().getSimpleName(),
                System.identityHashCode(network),
                network.numParams());
    }

    /**
     * Number of completed parameter updates of a network, which numbers frames.
     *
     * @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph
     */
    static long iterations(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return network.getIterationCount();
        }
        if (model instanceof ComputationGraph graph) {
            return graph.getIterationCount();
        }
        throw new IllegalArgumentException("model must be a MultiLayerNetwork or a ComputationGraph, got "
                + model.getClass().getName());
    }

    /** Number of completed epochs of a network. */
    static int epochs(Model model) {
        return model instanceof MultiLayerNetwork network
                ? network.getEpochCount()
                : ((ComputationGraph) model).getEpochCount();
    }

    /** The listeners of a network. */
    static Collection<TrainingListener> listeners(Model model) {
        Collection<TrainingListener> listeners = model instanceof MultiLayerNetwork network
                ? network.getListeners()
                : ((ComputationGraph) model).getListeners();
        return listeners == null ? List.of() : listeners;
    }

    /** The network, unless it has been garbage-collected. */
    Optional<Model> network() {
        return Optional.ofNullable(network.get());
    }
}
