package org.thalweg.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelUtils;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.SavedNetwork;
import org.thalweg.frame.NamedArray;
import org.thalweg.recording.ArrayFile;
import org.thalweg.recording.internal.FileErrors;

/**
 * A model that Keras 1 or 2 saved as HDF5, with its loss. Deeplearning4j builds the network from the architecture.
 * Thalweg reads the file itself, so no native library sees it and no code in it runs.
 */
final class KerasFile {

    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final String ARCHITECTURE = "model_config";
    private static final String TRAINING = "training_config";
    private static final String WEIGHTS = "model_weights/";

    /** Any optimizer that Deeplearning4j has; results do not depend on it. */
    private static final String OPTIMIZER = "{\"optimizer_config\": {\"class_name\": \"SGD\", \"config\":"
            + " {\"lr\": 0.01, \"momentum\": 0.0, \"decay\": 0.0, \"nesterov\": false}}}";

    private KerasFile() {}

    /** Whether a file is a Keras model. */
    static boolean is(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(HDF5.length), HDF5)) {
                return false;
            }
        }
        return ArrayFile.texts(file).containsKey(ARCHITECTURE);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, has no loss, or has parts that Deeplearning4j does not support; the
     *     message names them
     */
    static SavedNetwork read(Path file) throws IOException {
        return FileErrors.naming(file, () -> {
            try {
                Map<String, String> texts = ArrayFile.texts(file);
                JsonObject architecture = object(texts.get(ARCHITECTURE));
                // Deeplearning4j looks for them here.
                List.of("keras_version", "backend").forEach(name -> {
                    if (texts.containsKey(name)) {
                        architecture.addProperty(name, texts.get(name));
                    }
                });
                KerasModelBuilder builder = new KerasModel()
                        .modelBuilder()
                        .modelJson(architecture.toString())
                        .trainingJson(loss(file, texts.get(TRAINING)))
                        .enforceTrainingConfig(true);
                boolean sequential =
                        architecture.get("class_name").getAsString().equals("Sequential");
                return new SavedNetwork(model(builder, sequential, ArrayFile.readAll(file)), file, false);
            } catch (UnsupportedKerasConfigurationException | InvalidKerasConfigurationException | RuntimeException e) {
                throw new IOException(file + " is not a Keras model that Deeplearning4j can read: " + reason(e), e);
            }
        });
    }

    private static JsonObject object(@Nullable String json) {
        return JsonParser.parseString(json == null ? "" : json).getAsJsonObject();
    }

    /** The model's training configuration without its optimizer, which Deeplearning4j may not have. */
    private static String loss(Path file, @Nullable String compiled) throws IOException {
        @Nullable JsonElement loss = compiled == null ? null : object(compiled).get("loss");
        if (loss == null || loss.isJsonNull()) {
            throw new IOException(file + " has no loss: compile the model in Keras before it is saved");
        }
        JsonObject training = JsonParser.parseString(OPTIMIZER).getAsJsonObject();
        training.add("loss", loss);
        return training.toString();
    }

    private static Model model(KerasModelBuilder builder, boolean sequential, List<NamedArray> arrays)
            throws IOException, UnsupportedKerasConfigurationException, InvalidKerasConfigurationException {
        KerasModel keras = sequential ? builder.buildSequential() : builder.buildModel();
        for (Map.Entry<String, KerasLayer> layer : keras.getLayers().entrySet()) {
            Map<String, INDArray> weights = weights(layer.getKey(), arrays);
            if (layer.getValue().getNumParams() > 0) {
                layer.getValue().setWeights(weights);
            }
        }
        Model random = keras instanceof KerasSequentialModel layers
                ? layers.getMultiLayerNetwork(false)
                : keras.getComputationGraph(false);
        requireFit(random, keras.getLayers());
        return KerasModelUtils.copyWeightsToModel(random, keras.getLayers());
    }

    /** Checks the numbers of weights: Deeplearning4j copies whatever it is given, also beyond the end of its arrays. */
    private static void requireFit(Model model, Map<String, KerasLayer> given) throws IOException {
        Layer[] layers = model instanceof MultiLayerNetwork network
                ? network.getLayers()
                : ((ComputationGraph) model).getLayers();
        for (Layer layer : layers) {
            String name = layer.conf().getLayer().getLayerName();
            @Nullable KerasLayer keras = given.get(name);
            Map<String, INDArray> weights = keras == null || keras.getWeights() == null ? Map.of() : keras.getWeights();
            for (Map.Entry<String, INDArray> own : layer.paramTable().entrySet()) {
                @Nullable INDArray array = weights.get(own.getKey());
                if (array == null || array.length() != own.getValue().length()) {
                    throw new IOException("layer " + name + " takes an array " + own.getKey() + " of shape "
                            + Arrays.toString(own.getValue().shape()) + ", the file has "
                            + (array == null ? "none" : "one of shape " + Arrays.toString(array.shape())));
                }
            }
        }
    }

    /** The weights of a layer by Keras's names: {@code kernel} for {@code dense/dense/kernel:0}. */
    private static Map<String, INDArray> weights(String layer, List<NamedArray> arrays) {
        Map<String, INDArray> weights = new HashMap<>();
        String group = WEIGHTS + layer + "/";
        for (NamedArray array : arrays) {
            if (array.name().startsWith(group)) {
                String path = array.name().substring(group.length());
                String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
                // Both directions of a bidirectional layer are in its group.
                String direction =
                        path.contains("/forward_") ? "forward_" : path.contains("/backward_") ? "backward_" : "";
                weights.put(direction + name, array(array));
            }
        }
        return weights;
    }

    private static INDArray array(NamedArray array) {
        INDArray flat = array.values() instanceof float[] floats
                ? Nd4j.createFromArray(floats)
                : Nd4j.createFromArray((double[]) array.values());
        return flat.reshape('c', array.shape());
    }

    /** Deeplearning4j asks in each message for an issue to be filed. */
    private static String reason(Exception e) {
        return FileErrors.reason(e).replaceAll("\\.?;?\\s*(Please file an issue|For more information).*", "");
    }
}
