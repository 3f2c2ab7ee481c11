package org.thalweg.analysis;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.ParameterLayout;

/** Turns vectors of parameters into plain arrays in the network's shapes, one a key. */
public final class ParameterArrays {

    private ParameterArrays() {}

    /** All arrays of a network's flat vector, in its data type. */
    public static List<NamedArray> ofFlat(ParameterLayout layout, INDArray flat) {
        return layout.blocks().stream()
                .map(block -> of(block.key(), block.ofFlat(flat)))
                .toList();
    }

    /** The trainable arrays of a packed vector as float, their keys after a prefix. */
    public static List<NamedArray> ofPacked(String prefix, ParameterLayout layout, INDArray packed) {
        return layout.trainable().stream()
                .map(block -> of(prefix + block.key(), block.of(packed).castTo(DataType.FLOAT)))
                .toList();
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
