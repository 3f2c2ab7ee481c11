package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/**
 * Converts parameter vectors to plain arrays in the network's shapes, one for each key.
 *
 * @since 0.2.0
 */
public final class ParameterArrays {

    private ParameterArrays() {}

    /** Descriptions of a network's arrays, for provenance. */
    public static List<RunProvenance.Parameter> described(ParameterLayout layout) {
        return layout.blocks().stream()
                .map(block -> new RunProvenance.Parameter(
                        block.key(), block.kind().name().toLowerCase(Locale.ROOT), block.shape(), block.trainable()))
                .toList();
    }

    /** All arrays of a network's flat vector, in its data type. */
    public static List<NamedArray> ofFlat(ParameterLayout layout, INDArray flat) {
        return layout.blocks().stream()
                .map(block -> of(block.key(), block.ofFlat(flat)))
                .toList();
    }

    /**
     * A network's flat vector from all its arrays.
     *
     * @return {@code [n]}, of the type of the arrays
     * @throws IllegalArgumentException naming an array that is missing or has another shape
     */
    public static INDArray toFlat(ParameterLayout layout, List<NamedArray> arrays) {
        Map<String, NamedArray> byKey = arrays.stream().collect(Collectors.toMap(NamedArray::name, array -> array));
        DataType type = arrays.get(0).values() instanceof double[] ? DataType.DOUBLE : DataType.FLOAT;
        INDArray flat = Nd4j.create(type, layout.flatLength());
        for (ParameterBlock block : layout.blocks()) {
            block.ofFlat(flat).assign(values(byKey.get(block.key()), block.key(), block));
        }
        return flat;
    }

    /** The trainable arrays of a packed vector as float, with a prefix before their keys. */
    public static List<NamedArray> ofPacked(String prefix, ParameterLayout layout, INDArray packed) {
        return layout.trainable().stream()
                .map(block -> of(prefix + block.key(), block.of(packed).castTo(DataType.FLOAT)))
                .toList();
    }

    /**
     * A packed vector from its trainable arrays, the reverse of {@link #ofPacked}.
     *
     * @return {@code [P]}, of type float
     * @throws IllegalArgumentException naming an array that is missing or has another shape
     */
    public static INDArray toPacked(String prefix, ParameterLayout layout, List<NamedArray> arrays) {
        Map<String, NamedArray> byName = arrays.stream().collect(Collectors.toMap(NamedArray::name, array -> array));
        INDArray packed = Nd4j.create(DataType.FLOAT, layout.parameters());
        for (ParameterBlock block : layout.trainable()) {
            block.of(packed).assign(values(byName.get(prefix + block.key()), prefix + block.key(), block));
        }
        return packed;
    }

    /** An array in its block's shape. */
    private static INDArray values(@Nullable NamedArray array, String name, ParameterBlock block) {
        if (array == null || !Arrays.equals(array.shape(), block.shape())) {
            throw new IllegalArgumentException("there must be " + name + " of shape " + Arrays.toString(block.shape())
                    + ", got " + (array == null ? "none" : Arrays.toString(array.shape())));
        }
        INDArray values = array.values() instanceof double[] doubles
                ? Nd4j.createFromArray(doubles)
                : Nd4j.createFromArray((float[]) array.values());
        return values.reshape('c', block.shape());
    }

    /** Both directions of a plane as float: {@code delta/0_W}, ..., {@code eta/0_W}, ... */
    public static List<NamedArray> ofPair(ParameterLayout layout, DirectionPair pair) {
        List<NamedArray> arrays = new ArrayList<>(ofPacked("delta/", layout, pair.delta()));
        arrays.addAll(ofPacked("eta/", layout, pair.eta()));
        return arrays;
    }

    /** An array as it is: row-major, {@code float[]} or {@code double[]} by its type. */
    public static NamedArray of(String name, INDArray array) {
        INDArray rowMajor = array.dup('c');
        Object values = array.dataType() == DataType.DOUBLE
                ? rowMajor.data().asDouble()
                : rowMajor.data().asFloat();
        return new NamedArray(name, array.shape(), values);
    }
}
