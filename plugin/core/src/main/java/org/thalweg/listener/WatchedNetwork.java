package org.thalweg.listener;

import java.lang.ref.WeakReference;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The network that a listener was built for, told from whatever else calls the listener. Thread-safe. */
final class WatchedNetwork {

    /** How ParallelWrapper, which is no dependency, names the threads that train its replicas. */
    private static final String PARALLEL_TRAINERS = "ParallelWrapper training thread";

    /** Who calls a listener. */
    enum Caller {
        /** The network itself. */
        WATCHED,
        /** A copy of it, which ParallelWrapper trains beside it. */
        REPLICA,
        /** A layer that is pretrained. */
        LAYER,
        /** A network that the listener was added to and not built for. */
        STRANGER
    }

    /** So that a listener that nobody closes does not keep the network. */
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

    /** What tells it from another network, of the same configuration even. */
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
     * Number of completed parameter updates of a network, as frames are numbered.
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
}
