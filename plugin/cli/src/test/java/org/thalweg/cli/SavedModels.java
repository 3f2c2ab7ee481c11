package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.testing.Networks;

/** Small networks and data in files, as users have them. */
final class SavedModels {

    private final Path directory;
    private final long seed;

    SavedModels(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /** Features of the networks, six a line, and the class. */
    DataSet data(int examples) {
        return Networks.data(examples, seed, 6);
    }

    /** The same as CSV. */
    Path csv(int examples) throws IOException {
        DataSet data = data(examples);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < examples; i++) {
            StringJoiner line = new StringJoiner(",", "", "\n");
            for (int j = 0; j < 6; j++) {
                line.add(Double.toString(data.getFeatures().getDouble(i, j)));
            }
            text.append(line.add(
                    Integer.toString(data.getLabels().getRow(i).argMax().getInt(0))));
        }
        return Files.writeString(directory.resolve("data" + examples + ".csv"), text);
    }

    /** A trained network of six inputs and three classes, in double precision. */
    MultiLayerNetwork trained(int steps) {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        DataSet data = data(60);
        for (int i = 0; i < steps; i++) {
            network.fit(data);
        }
        return network;
    }

    /** A network in a file. */
    Path zip(String name, Model model) throws IOException {
        Path file = directory.resolve(name);
        ModelSerializer.writeModel(model, file.toFile(), true);
        return file;
    }
}
