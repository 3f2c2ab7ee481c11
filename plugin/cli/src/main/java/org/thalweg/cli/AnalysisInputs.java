package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.data.SavedNetwork;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.PrunedObjective;
import org.thalweg.objective.setup.ObjectiveChoice;

/**
 * The inputs of an analysis: saved networks of one architecture, examples, and the loss of the networks on them.
 *
 * @param networks in the order given
 * @param origin index of the network at (0, 0)
 * @param probe training examples
 * @param held examples of the validation data; null if there are none
 * @param train objective on the probe
 * @param validation objective on the validation examples; null if there are none
 */
record AnalysisInputs(
        List<SavedNetwork> networks,
        int origin,
        Probe probe,
        @Nullable Probe held,
        Objective train,
        @Nullable Objective validation)
        implements AutoCloseable {

    /**
     * Reads everything.
     *
     * @param maker of the probe and the objective
     * @param notes receives messages for the user
     * @throws IOException naming the file that cannot be read or does not fit
     */
    static AnalysisInputs read(AnalyzeOptions options, ObjectiveMaker maker, PrintWriter notes) throws IOException {
        List<SavedNetwork> networks = new ArrayList<>();
        for (Path file : options.models) {
            networks.add(ModelFiles.read(file, options.classes.allowed(), notes));
        }
        SavedNetwork.requireSame(networks);
        Model model = networks.get(0).model();
        Probe probe = maker.training(options.data, model, options.plane.seed);
        @Nullable Probe held = maker.validation(options.data, model, options.plane.seed);
        ObjectiveChoice choice = maker.choose(model, probe, options.function.objective());
        choice.objective().placement().device().ifPresent(device -> notes.println("computed on " + device));
        choice.fallbackReason()
                .ifPresent(reason -> notes.println("using Deeplearning4j's own layers, since " + reason));
        int origin = options.plane.kind(networks.size()).origin(networks.size());
        Objective whole = choice.objective().withConstants(networks.get(origin).snapshot());
        Objective train = options.plane.keepPruned
                ? PrunedObjective.of(
                        whole, whole.layout().pack(networks.get(origin).model().params()))
                : whole;
        return new AnalysisInputs(networks, origin, probe, held, train, held == null ? null : train.withProbe(held));
    }

    /** The parameters at (0, 0). */
    ParameterSnapshot snapshot() {
        return networks.get(origin).snapshot();
    }

    /** The trainable parameters of all networks, in the order given. */
    List<INDArray> packed() {
        return networks.stream()
                .map(network -> train.layout().pack(network.model().params()))
                .toList();
    }

    /** The file name of the network at (0, 0). */
    String name() {
        return String.valueOf(networks.get(origin).file().getFileName());
    }

    @Override
    public void close() {
        train.close();
    }
}
