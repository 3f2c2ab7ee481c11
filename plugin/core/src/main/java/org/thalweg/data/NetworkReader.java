package org.thalweg.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.recording.ArrayFile;
import org.thalweg.recording.RunReader;

/**
 * Reads saved networks: a file by Deeplearning4j's {@code ModelSerializer}, with or without updater, or the weights that a
 * run recorded ({@code RUN/weights/000000120.h5}), whose configuration is in its {@code run.json}.
 *
 * @since 0.2.0
 */
public final class NetworkReader {

    private static final String NEITHER = " is no saved network: give a file written by ModelSerializer, or"
            + " RUN/weights/N.h5 of a run with recorded weights";

    private NetworkReader() {}

    /**
     * Reads a network.
     *
     * @throws IOException if there is none in the file, or it cannot be read; the message names the file
     */
    public static SavedNetwork read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException("model " + file + " does not exist");
        }
        return file.getFileName().toString().endsWith(".h5") ? ofRun(file) : ofZip(file);
    }

    private static SavedNetwork ofZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            @Nullable ZipEntry configuration = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
            if (configuration == null) {
                throw new IOException(file + NEITHER);
            }
            String json = new String(zip.getInputStream(configuration).readAllBytes(), StandardCharsets.UTF_8);
            Model model = NetworkConfiguration.isGraph(json)
                    ? ModelSerializer.restoreComputationGraph(file.toFile(), false)
                    : ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false);
            return new SavedNetwork(model, file, zip.getEntry(ModelSerializer.NORMALIZER_BIN) != null);
        } catch (ZipException e) {
            throw new IOException(file + NEITHER, e);
        } catch (RuntimeException e) {
            throw new IOException(
                    file + " cannot be restored by Deeplearning4j's ModelSerializer: " + e.getMessage(), e);
        }
    }

    private static SavedNetwork ofRun(Path file) throws IOException {
        @Nullable Path weights = file.toAbsolutePath().getParent();
        @Nullable Path run = weights == null ? null : weights.getParent();
        if (run == null || !Files.exists(run.resolve("run.json"))) {
            throw new IOException(file + NEITHER);
        }
        try {
            Model model = NetworkConfiguration.network(
                    RunReader.open(run).provenance().modelConfiguration());
            model.setParams(ParameterArrays.toFlat(NetworkLayout.of(model), ArrayFile.read(file))
                    .reshape(1, model.numParams()));
            setIteration(model, file.getFileName().toString());
            return new SavedNetwork(model, file, false);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " and " + run.resolve("run.json") + " make no network: " + e.getMessage(), e);
        }
    }

    /** A run's configuration is of its first frame; its files are named by iteration. */
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
