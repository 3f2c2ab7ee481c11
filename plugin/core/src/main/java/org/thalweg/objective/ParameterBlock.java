package org.thalweg.objective;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One named array of a network's parameters: its shape in the network and its place in the network's flat vector and in
 * the objective's packed one. Immutable; accessors of arrays copy.
 *
 * @param key DL4J's name in {@code paramTable()}, such as {@code 0_W}
 * @param layer name of the layer, as known to the user
 * @param kind purpose of the array
 * @param trainable whether it is a parameter of the objective; statistics and frozen layers are constants
 * @param shape the network's shape
 * @param flatOffset first element in the network's flat vector
 * @param flatOrder {@code 'c'} or {@code 'f'}, the element order in the flat vector
 * @param filterAxes the axes of {@code shape} that number the filters; empty if the array is a single filter. A filter
 *     is a column of a dense {@code [nIn, nOut]} weight and an output map of a convolution {@code [out, in, kH, kW]}.
 * @param packedAxes the axes of {@code shape} in the order in which the packed array is row-major
 * @param packedOffset first element in the packed vector; -1 if not trainable
 * @since 0.2.0
 */
public record ParameterBlock(
        String key,
        String layer,
        ParameterKind kind,
        boolean trainable,
        long[] shape,
        long flatOffset,
        char flatOrder,
        int[] filterAxes,
        int[] packedAxes,
        long packedOffset) {

    private static final String LOG_DEVIATION = "_log10stdev";

    public ParameterBlock {
        shape = shape.clone();
        filterAxes = filterAxes.clone();
        packedAxes = packedAxes.clone();
        if (flatOrder != 'c' && flatOrder != 'f') {
            throw new IllegalArgumentException("order of " + key + " must be 'c' or 'f', got '" + flatOrder + "'");
        }
        int[] sorted = packedAxes.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, axes(shape.length))) {
            throw new IllegalArgumentException("packed axes of " + key + " must permute the axes of "
                    + Arrays.toString(shape) + ", got " + Arrays.toString(packedAxes));
        }
    }

    /** The identity permutation, for arrays packed in their own order. */
    public static int[] axes(int rank) {
        int[] axes = new int[rank];
        Arrays.setAll(axes, i -> i);
        return axes;
    }

    /** The same array at another place and in another order in the packed vector. */
    public ParameterBlock packedAs(int[] axes, long offset) {
        return new ParameterBlock(key, layer, kind, trainable, shape, flatOffset, flatOrder, filterAxes, axes, offset);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public int[] filterAxes() {
        return filterAxes.clone();
    }

    @Override
    public int[] packedAxes() {
        return packedAxes.clone();
    }

    /** Number of elements. */
    public long length() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** Number of filters. */
    public int filters() {
        return (int) Arrays.stream(filterAxes).mapToLong(axis -> shape[axis]).reduce(1, (a, b) -> a * b);
    }

    /** The axes within a filter: all except {@link #filterAxes()}. */
    public int[] withinFilterAxes() {
        return Arrays.stream(axes(shape.length))
                .filter(axis -> Arrays.stream(filterAxes).noneMatch(f -> f == axis))
                .toArray();
    }

    /**
     * This block of a packed vector, in the network's shape.
     *
     * @param packed {@code [P]}
     * @return a view of {@link #shape()}: writing to it writes to the vector
     */
    public INDArray of(INDArray packed) {
        if (!trainable) {
            throw new IllegalStateException(key + " is a constant of the objective, not one of its parameters");
        }
        return packed(packed).permute(inverse(packedAxes));
    }

    /** This block of a packed vector in its packed shape (row-major, {@code shape[packedAxes]}), a view. */
    public INDArray packed(INDArray packed) {
        return packed.reshape(packed.length())
                .get(NDArrayIndex.interval(packedOffset, packedOffset + length()))
                .reshape('c', packedShape());
    }

    /** The shape in which the packed array is row-major. */
    public long[] packedShape() {
        return Arrays.stream(packedAxes).mapToLong(axis -> shape[axis]).toArray();
    }

    /** This block of the network's flat vector, in the network's shape, a view. */
    public INDArray ofFlat(INDArray flat) {
        return flat.reshape(flat.length())
                .get(NDArrayIndex.interval(flatOffset, flatOffset + length()))
                .reshape(flatOrder, shape);
    }

    /**
     * The statistics in this block of the network's flat vector: variances also where DL4J keeps the decimal logarithms of
     * standard deviations.
     *
     * @param flat {@code [n]} or {@code [1, n]}
     * @since 0.2.0
     */
    public double[] statistics(INDArray flat) {
        double[] kept = ofFlat(flat).dup('c').castTo(DataType.DOUBLE).data().asDouble();
        return holdsLogDeviations()
                ? Arrays.stream(kept).map(value -> Math.pow(10, 2 * value)).toArray()
                : kept;
    }

    /**
     * Writes statistics to where {@link #statistics} reads them; negative variances count as zero.
     *
     * @param values one for each element
     * @param flat {@code [n]} or {@code [1, n]}, written to
     * @since 0.2.0
     */
    public void writeStatistics(double[] values, INDArray flat) {
        double[] kept = holdsLogDeviations()
                ? Arrays.stream(values)
                        .map(value -> Math.log10(Math.max(0, value)) / 2)
                        .toArray()
                : values;
        ofFlat(flat).assign(Nd4j.createFromArray(kept).castTo(flat.dataType()).reshape('c', shape));
    }

    private boolean holdsLogDeviations() {
        return kind == ParameterKind.STATISTIC && key.endsWith(LOG_DEVIATION);
    }

    /**
     * Multiplies each filter by a factor, in place.
     *
     * @param array an array of {@link #shape()}
     * @param factors one for all filters, or one for each in row-major order of {@link #filterAxes()}
     */
    public void scaleFilters(INDArray array, double[] factors) {
        if (factors.length == 1) {
            array.muli(factors[0]);
            return;
        }
        if (factors.length != filters()) {
            throw new IllegalArgumentException(
                    key + " has " + filters() + " filters, got " + factors.length + " factors");
        }
        long[] broadcast = new long[shape.length];
        Arrays.fill(broadcast, 1);
        for (int axis : filterAxes) {
            broadcast[axis] = shape[axis];
        }
        array.muli(Nd4j.createFromArray(factors).castTo(array.dataType()).reshape('c', broadcast));
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }
}
