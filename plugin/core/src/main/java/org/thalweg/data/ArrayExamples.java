package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.frame.NamedArray;

/**
 * Examples in arrays named like the datasets of a run's {@code probe.h5}: {@code features} and {@code labels}, {@code
 * features_1}, {@code labels_1}, ... for further inputs and outputs, {@code features_mask} and {@code labels_mask} for
 * sequences; the first axis of each counts the examples.
 *
 * @param file file of the examples
 * @param prefix before all names: {@code validation_} for a run's other probe
 * @param arrays all arrays of the file by name
 * @param shape shape of the network that takes them
 */
record ArrayExamples(Path file, String prefix, Map<String, NamedArray> arrays, NetworkShape shape)
        implements ExampleSource {

    private static final String VALIDATION = "validation_";

    /**
     * The examples of a file.
     *
     * @param all all arrays of the file
     * @param validation whether to take its validation probe, which a file need not have
     * @throws IOException if it lacks an array, or has two of one name
     */
    static ArrayExamples of(Path file, List<NamedArray> all, boolean validation, NetworkShape shape)
            throws IOException {
        Map<String, NamedArray> arrays = new HashMap<>();
        for (NamedArray array : all) {
            if (arrays.put(array.name(), array) != null) {
                throw new IOException(file + " has two arrays of " + array.name() + ": it must have one");
            }
        }
        boolean other = validation && arrays.containsKey(VALIDATION + "features");
        ArrayExamples examples = new ArrayExamples(file, other ? VALIDATION : "", arrays, shape);
        examples.requireAsMany();
        return examples;
    }

    @Override
    public int count() {
        NamedArray features = arrays.get(prefix + "features");
        return features == null ? 0 : Math.toIntExact(features.shape()[0]);
    }

    @Override
    public String source() {
        return file.toString();
    }

    @Override
    public MultiDataSet take(int[] examples) throws IOException {
        INDArray[] features = new INDArray[shape.inputs().size()];
        INDArray[] labels = new INDArray[shape.outputs().size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = shape.inputs().get(i).fit(rows(required("features", i), examples), source());
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = shape.outputs().get(i).fit(rows(required("labels", i), examples), source());
        }
        return new MultiDataSet(
                features,
                labels,
                masks("features_mask", features.length, examples),
                masks("labels_mask", labels.length, examples));
    }

    private void requireAsMany() throws IOException {
        List<NamedArray> all = new ArrayList<>();
        for (int i = 0; i < shape.inputs().size(); i++) {
            all.add(required("features", i));
        }
        for (int i = 0; i < shape.outputs().size(); i++) {
            all.add(required("labels", i));
        }
        for (NamedArray array : all) {
            long[] given = array.shape();
            if (given.length == 0 || given[0] != count()) {
                throw new IOException(file + " must have as many examples in each array as in "
                        + all.get(0).name()
                        + ", which has the shape " + Arrays.toString(all.get(0).shape()) + ": " + array.name() + " has "
                        + Arrays.toString(given));
            }
        }
    }

    private NamedArray required(String what, int index) throws IOException {
        String name = name(what, index);
        @Nullable NamedArray array = arrays.get(name);
        if (array == null) {
            throw new IOException(file + " has no array " + name + ", which the network needs; it has "
                    + String.join(", ", arrays.keySet().stream().sorted().toList()));
        }
        return array;
    }

    private String name(String what, int index) {
        return prefix + (index == 0 ? what : what + "_" + index);
    }

    private INDArray @Nullable [] masks(String what, int count, int[] examples) {
        INDArray[] masks = new INDArray[count];
        boolean any = false;
        for (int i = 0; i < count; i++) {
            @Nullable NamedArray mask = arrays.get(name(what, i));
            if (mask != null) {
                masks[i] = rows(mask, examples);
                any = true;
            }
        }
        return any ? masks : null;
    }

    private static INDArray rows(NamedArray array, int[] rows) {
        long[] shape = array.shape();
        int step = Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b));
        shape[0] = rows.length;
        if (array.values() instanceof float[] values) {
            float[] taken = new float[rows.length * step];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * step, taken, i * step, step);
            }
            return Nd4j.createFromArray(taken).reshape('c', shape);
        }
        double[] values = (double[]) array.values();
        double[] taken = new double[rows.length * step];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * step, taken, i * step, step);
        }
        return Nd4j.createFromArray(taken).reshape('c', shape);
    }
}
