package org.thalweg.frame;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * An array with a name and a shape, row-major: a parameter array or a direction. The values are not copied, since they
 * may be large; they must not be changed.
 *
 * @param name {@code 0_W}, or {@code delta/0_W}
 * @param shape the network's shape
 * @param values {@code float[]} or {@code double[]}, row-major
 * @since 0.2.0
 */
public record NamedArray(String name, long[] shape, Object values) {

    public NamedArray {
        shape = shape.clone();
        OptionalLong length = ArrayShape.elements(shape);
        int given;
        if (values instanceof float[] floats) {
            given = floats.length;
        } else if (values instanceof double[] doubles) {
            given = doubles.length;
        } else {
            throw new IllegalArgumentException("values of " + name + " must be float[] or double[], got "
                    + values.getClass().getSimpleName());
        }
        if (length.isEmpty() || given != length.getAsLong()) {
            throw new IllegalArgumentException(name + " of shape " + Arrays.toString(shape)
                    + " must have as many values as the product of its sizes, got " + given);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }
}
