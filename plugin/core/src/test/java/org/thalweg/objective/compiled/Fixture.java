package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;

/**
 * A case of the reference values that {@code make_fixtures.py} computes with PyTorch; its header has the layout.
 *
 * @param name file and case
 * @param network description of the network
 * @param options mode, batch size and penalties
 * @param data features, labels and masks, in double precision
 * @param weights value of every array of the network by its key
 * @param trainable keys of the arrays that are parameters of the objective
 * @param gradient reference gradient of the loss by key
 * @param vector a vector by key
 * @param product reference product of the Hessian with the vector by key
 * @param loss reference loss
 * @param accuracy reference accuracy in percent
 * @param eigenvalues the smallest and the largest eigenvalue of the Hessian; empty where they were not computed
 */
record Fixture(
        String name,
        JsonObject network,
        ObjectiveOptions options,
        MultiDataSet data,
        Map<String, INDArray> weights,
        List<String> trainable,
        Map<String, INDArray> gradient,
        Map<String, INDArray> vector,
        Map<String, INDArray> product,
        double loss,
        OptionalDouble accuracy,
        double[] eigenvalues) {

    private static final List<String> FILES = List.of(
            "activations",
            "losses",
            "convolutions",
            "pooling",
            "normalization",
            "graphs",
            "networks",
            "depthwises",
            "volumes",
            "training");

    /** All cases of all files. */
    static Stream<Fixture> all() {
        return FILES.stream().flatMap(Fixture::read);
    }

    boolean has(String nodeType) {
        return network.getAsJsonArray("nodes").asList().stream()
                .anyMatch(
                        node -> node.getAsJsonObject().get("type").getAsString().equals(nodeType));
    }

    /**
     * How far an exact computation with Deeplearning4j's ops may be from the reference: they carry 0.2 of hardsigmoid,
     * 1.702 of GELU and 0.01 of leaky ReLU in single precision, whatever the type of the arrays.
     */
    double tolerance() {
        return name.matches(".*/(HARDSIGMOID|GELU|LEAKYRELU).*") ? 1e-7 : 1e-10;
    }

    /** The arrays of a map one after the other, in the order of {@link #trainable()}, each in row-major order. */
    double[] flatten(Map<String, INDArray> arrays) {
        return trainable.stream()
                .flatMapToDouble(key -> Arrays.stream(
                        requireNonNull(arrays.get(key), key).dup('c').data().asDouble()))
                .toArray();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The cases of a file. */
    static Stream<Fixture> read(String file) {
        try (HdfFile hdf = HdfFile.fromInputStream(Fixture.class.getResourceAsStream(file + ".h5"))) {
            return hdf.getChildren().values().stream().map(node -> of(file, (Group) node)).toList().stream();
        }
    }

    /** The case of a group. */
    static Fixture of(String file, Group group) {
        Map<String, INDArray> weights = new LinkedHashMap<>();
        Map<String, INDArray> gradient = new LinkedHashMap<>();
        Map<String, INDArray> vector = new LinkedHashMap<>();
        Map<String, INDArray> product = new LinkedHashMap<>();
        for (Node node : ((Group) group.getChild("trainable")).getChildren().values()) {
            INDArray rows = array((Dataset) node);
            weights.put(node.getName(), rows.slice(0).dup());
            gradient.put(node.getName(), rows.slice(1).dup());
            vector.put(node.getName(), rows.slice(2).dup());
            product.put(node.getName(), rows.slice(3).dup());
        }
        List<String> trainable = List.copyOf(weights.keySet());
        if (group.getChild("constant") instanceof Group constants) {
            constants.getChildren().forEach((key, node) -> weights.put(key, array((Dataset) node)));
        }
        return new Fixture(
                file + "/" + group.getName(),
                JsonParser.parseString((String) attribute(group, "network")).getAsJsonObject(),
                options(group),
                data(group),
                weights,
                trainable,
                gradient,
                vector,
                product,
                (double) attribute(group, "loss"),
                group.getAttributes().containsKey("accuracy")
                        ? OptionalDouble.of((double) attribute(group, "accuracy"))
                        : OptionalDouble.empty(),
                group.getChild("eigenvalues") instanceof Dataset values ? (double[]) values.getData() : new double[0]);
    }

    private static ObjectiveOptions options(Group group) {
        long seed = group.getAttributes().containsKey("seed") ? ((Number) attribute(group, "seed")).longValue() : 0;
        return ObjectiveOptions.DEFAULT
                .withSeed(seed)
                .withMode(ObjectiveMode.valueOf((String) attribute(group, "mode")))
                .withBatchSize(((Number) attribute(group, "batchSize")).intValue())
                .withRegularized(((Number) attribute(group, "regularized")).intValue() == 1);
    }

    private static MultiDataSet data(Group group) {
        INDArray[] features = arrays(group, "features_").toArray(new INDArray[0]);
        INDArray[] labels = arrays(group, "labels_").toArray(new INDArray[0]);
        @Nullable INDArray[] masks = new INDArray[labels.length];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = group.getChild("mask_" + i) instanceof Dataset mask ? array(mask) : null;
        }
        @Nullable INDArray[] featuresMasks = new INDArray[features.length];
        for (int i = 0; i < featuresMasks.length; i++) {
            featuresMasks[i] = group.getChild("features_mask_" + i) instanceof Dataset mask ? array(mask) : null;
        }
        return new MultiDataSet(features, labels, orNone(featuresMasks), orNone(masks));
    }

    private static @Nullable INDArray @Nullable [] orNone(@Nullable INDArray[] masks) {
        return Arrays.stream(masks).allMatch(mask -> mask == null) ? null : masks;
    }

    private static List<INDArray> arrays(Group group, String prefix) {
        List<INDArray> arrays = new ArrayList<>();
        while (group.getChild(prefix + arrays.size()) instanceof Dataset dataset) {
            arrays.add(array(dataset));
        }
        return arrays;
    }

    private static INDArray array(Dataset dataset) {
        long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
        return Nd4j.createFromArray(toDoubles(dataset.getDataFlat()))
                .castTo(DataType.DOUBLE)
                .reshape('c', shape);
    }

    private static double[] toDoubles(Object flat) {
        if (flat instanceof double[] doubles) {
            return doubles;
        }
        float[] floats = (float[]) flat;
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }

    static Object attribute(Group group, String name) {
        return group.getAttribute(name).getData();
    }
}
