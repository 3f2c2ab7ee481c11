package org.thalweg.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.recording.ArrayFile;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.FileErrors;

/**
 * Reads saved networks: a file by Deeplearning4j's {@code ModelSerializer}, with or without updater, or the weights
 * that a run recorded ({@code RUN/weights/000000120.h5}), whose configuration is in its {@code run.json}.
 *
 * @since 0.2.0
 */
public final class NetworkReader {

    private static final String NEITHER = " is not a saved network: give a file written by ModelSerializer, or"
            + " RUN/weights/N.h5 of a run with recorded weights";

    private NetworkReader() {}

    /**
     * Reads a network without its updater. Its configuration may name only classes of Deeplearning4j and ND4J.
     *
     * @throws IOException if the file has no network or cannot be read; the message names the file
     */
    public static SavedNetwork read(Path file) throws IOException {
        return read(file, AllowedClasses.DEFAULT);
    }

    /**
     * Reads a network without its updater. Only configuration and parameters are read; no Java object is deserialized.
     *
     * @param allowed the classes that the configuration may name
     * @throws IOException if the file has no network, cannot be read or names another class; the message names the file
     */
    public static SavedNetwork read(Path file, AllowedClasses allowed) throws IOException {
        if (!Files.exists(file)) {
            throw new FileNotFoundException("model " + file + " does not exist");
        }
        boolean recorded = file.getFileName().toString().endsWith(".h5");
        return FileErrors.naming(file, () -> recorded ? ofRun(file, allowed) : ofZip(file, allowed, false));
    }

    /**
     * Reads a network with the state of its updater, to continue its training; otherwise as {@link #read(Path,
     * AllowedClasses)}.
     */
    public static SavedNetwork readForTraining(Path file, AllowedClasses allowed) throws IOException {
        if (!Files.exists(file)) {
            throw new FileNotFoundException("model " + file + " does not exist");
        }
        return FileErrors.naming(file, () -> ofZip(file, allowed, true));
    }

    private static SavedNetwork ofZip(Path file, AllowedClasses allowed, boolean updater) throws IOException {
        try (ModelFile zip = opened(file)) {
            Optional<String> configuration = zip.configuration();
            if (configuration.isEmpty()) {
                throw new IOException(file + NEITHER);
            }
            String json = allowed.check(configuration.get());
            boolean graph = NetworkConfiguration.isGraph(json);
            Model model =
                    NetworkConfiguration.network(json, graph, zip.parameters().orElse(null));
            if (updater) {
                zip.updaterState().ifPresent(state -> setUpdaterState(model, state));
            }
            return new SavedNetwork(model, file, zip.has(ModelSerializer.NORMALIZER_BIN));
        } catch (RuntimeException e) {
            throw new IOException(file + " cannot be restored: " + FileErrors.reason(e), e);
        }
    }

    private static ModelFile opened(Path file) throws IOException {
        try {
            return ModelFile.open(file);
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + NEITHER + " (" + FileErrors.reason(e) + ")", e);
        }
    }

    private static void setUpdaterState(Model model, INDArray state) {
        if (model instanceof MultiLayerNetwork network) {
            network.getUpdater().setStateViewArray(network, state, false);
        } else if (model instanceof ComputationGraph graph) {
            graph.getUpdater().setStateViewArray(state);
        }
    }

    private static SavedNetwork ofRun(Path file, AllowedClasses allowed) throws IOException {
        @Nullable Path weights = file.toAbsolutePath().getParent();
        @Nullable Path run = weights == null ? null : weights.getParent();
        if (run == null || !Files.exists(run.resolve("run.json"))) {
            throw new IOException(file + NEITHER);
        }
        RunProvenance provenance = RunReader.open(run).provenance();
        List<NamedArray> arrays = ArrayFile.read(file);
        try {
            String json = allowed.check(provenance.modelConfiguration());
            long parameters = arrays.stream()
                    .mapToLong(array -> Array.getLength(array.values()))
                    .sum();
            // With the given number of parameters, Deeplearning4j refuses a configuration that declares more.
            INDArray flat = Nd4j.create(DataType.valueOf(provenance.dataType()), 1, parameters);
            Model model = NetworkConfiguration.network(json, NetworkConfiguration.isGraph(json), flat);
            model.setParams(
                    ParameterArrays.toFlat(NetworkLayout.of(model), arrays).reshape(1, model.numParams()));
            setIteration(model, file.getFileName().toString());
            return new SavedNetwork(model, file, false);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " and " + run.resolve("run.json") + " make no network: " + FileErrors.reason(e), e);
        }
    }

    /** A run's configuration is that of its first frame; its files are named by iteration. */
    private static void setIteration(Model model, String name) {
        if (!name.matches("\\d{9}\\.h5")) {
            return;
        }
        int iteration = Integer.parseInt(name.substring(0, name.indexOf('.')));
        if (model instanceof MultiLayerNetwork network) {
            network.getLayerWiseConfigurations().setIterationCount(iteration);
        } else if (model instanceof ComputationGraph graph) {
            graph.getConfiguration().setIterationCount(iteration);
        }
    }
}
