package org.thalweg.objective;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of packed vectors with factors that differ from filter to filter. Computed on the host, in pieces that fit its
 * cache: ND4J's operations on views in the network's shapes take about ten times as long.
 */
abstract sealed class FilterwiseSum {

    private static final int PIECE = 1 << 12;

    private final int[] filters = new int[PIECE];

    /** Sums of vectors of type FLOAT or DOUBLE. */
    static FilterwiseSum of(DataType type) {
        return type == DataType.DOUBLE ? new Doubles() : new Floats();
    }

    /**
     * Writes one block of a sum.
     *
     * @param block the block
     * @param runs places of its filters
     * @param vectors packed, not views
     * @param factors factors of each vector, one for all filters or one for each
     * @param sum packed, not a view; written within the block
     */
    void write(ParameterBlock block, FilterRuns runs, List<INDArray> vectors, double[][] factors, INDArray sum) {
        int offset = Math.toIntExact(block.packedOffset());
        int length = Math.toIntExact(block.length());
        for (int from = 0; from < length; from += PIECE) {
            int count = Math.min(PIECE, length - from);
            runs.filters(from, count, filters);
            clear(count);
            for (int i = 0; i < factors.length; i++) {
                add(vectors.get(i), offset + from, count, factors[i], filters);
            }
            put(sum, offset + from, count);
        }
    }

    abstract void clear(int count);

    abstract void add(INDArray vector, int from, int count, double[] factors, int[] filters);

    abstract void put(INDArray vector, int from, int count);

    private static final class Floats extends FilterwiseSum {

        private final float[] sum = new float[PIECE];
        private final float[] term = new float[PIECE];

        @Override
        void clear(int count) {
            Arrays.fill(sum, 0, count, 0);
        }

        @Override
        void add(INDArray vector, int from, int count, double[] factors, int[] filters) {
            vector.data().asNioFloat().get(from, term, 0, count);
            for (int i = 0; i < count; i++) {
                sum[i] += (float) (factors.length == 1 ? factors[0] : factors[filters[i]]) * term[i];
            }
        }

        @Override
        void put(INDArray vector, int from, int count) {
            vector.data().asNioFloat().put(from, sum, 0, count);
        }
    }

    private static final class Doubles extends FilterwiseSum {

        private final double[] sum = new double[PIECE];
        private final double[] term = new double[PIECE];

        @Override
        void clear(int count) {
            Arrays.fill(sum, 0, count, 0);
        }

        @Override
        void add(INDArray vector, int from, int count, double[] factors, int[] filters) {
            vector.data().asNioDouble().get(from, term, 0, count);
            for (int i = 0; i < count; i++) {
                sum[i] += (factors.length == 1 ? factors[0] : factors[filters[i]]) * term[i];
            }
        }

        @Override
        void put(INDArray vector, int from, int count) {
            vector.data().asNioDouble().put(from, sum, 0, count);
        }
    }
}
