package org.thalweg.demo;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.RunReader;

/**
 * The identity of a network and its data, known before training or from the description of a run.
 *
 * @param shapes of the parameters by key, as text
 * @param configuration JSON of Deeplearning4j
 * @param examples a description of the examples, for people
 */
public record NetworkIdentity(Map<String, String> shapes, String configuration, String examples) {

    private static NetworkIdentity of(RunProvenance run) {
        Map<String, String> shapes = new TreeMap<>();
        run.parameters().forEach(parameter -> shapes.put(parameter.key(), Arrays.toString(parameter.shape())));
        return new NetworkIdentity(shapes, run.modelConfiguration(), run.probeSource());
    }

    private static NetworkIdentity of(Model network, String examples) {
        Map<String, String> shapes = new TreeMap<>();
        network.paramTable().forEach((key, values) -> shapes.put(key, Arrays.toString(values.shape())));
        String configuration = network instanceof MultiLayerNetwork layers
                ? layers.getLayerWiseConfigurations().toJson()
                : ((ComputationGraph) network).getConfiguration().toJson();
        return new NetworkIdentity(shapes, configuration, examples);
    }

    /**
     * Checks that a run is one of the same network on the same kind of data.
     *
     * @param network untrained, as the command line asks for it
     * @param examples that it asks for
     * @throws IOException if not, naming the run, what started it, and what to give
     */
    static void requireSame(RunReader run, Model network, String examples) throws IOException {
        NetworkIdentity recorded = of(run.provenance());
        NetworkIdentity asked = of(network, examples);
        Optional<String> start = recorded.start();
        String name = "the run '" + run.provenance().run() + "' in " + run.root();
        if (start.isPresent() && !start.equals(asked.start())) {
            throw new IOException(name + " is one of '" + start.get() + "'"
                    + asked.start().map(other -> ", not of '" + other + "'").orElse("") + ": give " + start.get()
                    + " --resume " + run.root());
        }
        Set<String> keys = new TreeSet<>(recorded.shapes.keySet());
        keys.addAll(asked.shapes.keySet());
        for (String key : keys) {
            String before = recorded.shapes.getOrDefault(key, "absent");
            String now = asked.shapes.getOrDefault(key, "absent");
            if (!before.equals(now)) {
                throw new IOException(name + " trains another network, whose " + key + " is " + before + " and not "
                        + now + ": repeat the scenario and the options that it was started with");
            }
        }
    }

    private Optional<String> start() {
        return ServiceLoader.load(Scenario.class).stream()
                .flatMap(scenario -> scenario.get().startOf(this).stream())
                .findFirst();
    }
}
