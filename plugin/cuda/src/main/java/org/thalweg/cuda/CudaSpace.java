package org.thalweg.cuda;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.Vector;
import org.thalweg.krylov.VectorBatch;
import org.thalweg.krylov.VectorBlock;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.compiled.internal.executor.ElementTypes;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Vectors in a GPU's memory. Inner products and combinations are computed in double and rounded once; only results and
 * coefficients are copied between device and host. Confined to one thread at a time, together with the executor.
 *
 * @param executor owns the vectors' memory
 * @param dimension length of the vectors, n
 * @param type FLOAT or DOUBLE
 */
record CudaSpace(CudaExecutor executor, long dimension, ElementType type) implements VectorSpace {

    @Override
    public DataType dataType() {
        return ElementTypes.dataType(type);
    }

    @Override
    public VectorSpace ofDimension(long n) {
        return new CudaSpace(executor, n, type);
    }

    @Override
    public Vector create() {
        return new CudaVector(executor, Tensor.of(new Buffer(type, dimension), dimension), false);
    }

    @Override
    public Vector zeros() {
        Vector vector = create();
        executor.run(Op.FILL, List.of(), CudaVector.tensor(vector), 0);
        return vector;
    }

    @Override
    public Vector fromArray(INDArray array) {
        Vector vector = create();
        executor.upload(array, CudaVector.tensor(vector));
        free(array);
        return vector;
    }

    @Override
    public INDArray toArray(Vector vector) {
        INDArray array = Nd4j.createUninitialized(dataType(), dimension);
        executor.download(CudaVector.tensor(vector), array);
        vector.close();
        return array;
    }

    @Override
    public VectorBatch batch(INDArray rows) {
        Batch batch = new Batch(executor, matrix((int) rows.size(0)));
        executor.upload(rows, batch.rows);
        free(rows);
        return batch;
    }

    @Override
    public VectorBatch batch(int k) {
        return new Batch(executor, matrix(k));
    }

    @Override
    public VectorBlock block(int capacity) {
        return new Block(this, matrix(capacity));
    }

    private static void free(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }

    private Tensor matrix(int rows) {
        return Tensor.of(new Buffer(type, rows * dimension), rows, dimension);
    }

    @Override
    public void assign(Vector from, Vector to) {
        executor.run(Op.COPY, List.of(CudaVector.tensor(from)), CudaVector.tensor(to));
    }

    @Override
    public double dot(Vector x, Vector y) {
        Tensor row = CudaVector.tensor(x);
        return dots(row.reshape(1, row.length()), CudaVector.tensor(y))[0];
    }

    /** The inner products of rows {@code [k, n]} with a vector; the host adds their parts in order. */
    private double[] dots(Tensor rows, Tensor y) {
        int count = (int) rows.size(0);
        int shares = (int) VectorOps.shares(y.length());
        Tensor parts = Tensor.of(new Buffer(ElementType.DOUBLE, (long) count * shares), count, shares);
        try {
            executor.run(() -> List.of(executor.vectors().dots(rows, y, parts)));
            double[] values = executor.download(parts);
            return IntStream.range(0, count)
                    .mapToDouble(i -> sum(values, i * shares, shares))
                    .toArray();
        } finally {
            executor.free(List.of(parts.buffer()));
        }
    }

    private static double sum(double[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Override
    public double norm(Vector x) {
        double square = dot(x, x);
        if (square > Double.MIN_NORMAL && square < Double.POSITIVE_INFINITY) {
            return Math.sqrt(square);
        }
        // Squares overflow or vanish even in double, so the host scales first.
        try (INDArray array = Nd4j.createUninitialized(dataType(), dimension)) {
            executor.download(CudaVector.tensor(x), array);
            return InnerProducts.norm(array);
        }
    }

    @Override
    public void axpy(double a, Vector x, Vector y) {
        executor.run(() -> List.of(executor.vectors().scaled(a, CudaVector.tensor(x), 1, 1, CudaVector.tensor(y))));
    }

    @Override
    public void scale(double a, Vector x) {
        executor.run(() -> List.of(executor.vectors().scaled(0, null, a, 1, CudaVector.tensor(x))));
    }

    @Override
    public void divide(double a, Vector x) {
        executor.run(() -> List.of(executor.vectors().scaled(0, null, 1, a, CudaVector.tensor(x))));
    }

    @Override
    public void multiply(Vector x, Vector y) {
        Tensor z = CudaVector.tensor(y);
        executor.run(Op.MULTIPLY, List.of(z, CudaVector.tensor(x)), z);
    }

    @Override
    public Vector range(Vector vector, long from, long to) {
        return new CudaVector(executor, CudaVector.tensor(vector).slice(0, from, to), true);
    }

    /** @param rows {@code [k, n]} */
    private record Batch(CudaExecutor executor, Tensor rows) implements VectorBatch {

        @Override
        public int size() {
            return (int) rows.size(0);
        }

        @Override
        public Vector get(int i) {
            return new CudaVector(executor, rows.select(0, i), true);
        }

        @Override
        public void close() {
            executor.free(List.of(rows.buffer()));
        }
    }

    /** @param rows {@code [capacity, n]} */
    private record Block(CudaSpace space, Tensor rows) implements VectorBlock {

        @Override
        public void set(int i, Vector vector) {
            space.executor.run(Op.COPY, List.of(CudaVector.tensor(vector)), rows.select(0, i));
        }

        @Override
        public void get(int i, Vector vector) {
            space.executor.run(Op.COPY, List.of(rows.select(0, i)), CudaVector.tensor(vector));
        }

        @Override
        public void copy(int from, int to) {
            space.executor.run(Op.COPY, List.of(rows.select(0, from)), rows.select(0, to));
        }

        @Override
        public double[] innerProducts(int count, Vector vector) {
            return count == 0 ? new double[0] : space.dots(rows.slice(0, 0, count), CudaVector.tensor(vector));
        }

        @Override
        public void subtract(double[] coefficients, Vector vector) {
            if (coefficients.length > 0) {
                double[] negative = coefficients.clone();
                for (int i = 0; i < negative.length; i++) {
                    negative[i] = -negative[i];
                }
                Tensor z = CudaVector.tensor(vector);
                combine(new double[][] {negative}, 1, z.reshape(1, z.length()));
            }
        }

        @Override
        public void rotate(double[][] s) {
            Tensor rotated = space.matrix(s.length);
            try {
                combine(s, 0, rotated);
                space.executor.run(Op.COPY, List.of(rotated), rows.slice(0, 0, s.length));
            } finally {
                space.executor.free(List.of(rotated.buffer()));
            }
        }

        @Override
        public void combine(double[] s, Vector vector) {
            Tensor z = CudaVector.tensor(vector);
            combine(new double[][] {s}, 0, z.reshape(1, z.length()));
        }

        /** {@code z = s rows + keep z}. */
        private void combine(double[][] s, double keep, Tensor z) {
            int terms = s[0].length;
            Tensor coefficients = Tensor.of(new Buffer(ElementType.DOUBLE, (long) s.length * terms), s.length, terms);
            double[] values = new double[s.length * terms];
            for (int i = 0; i < s.length; i++) {
                System.arraycopy(s[i], 0, values, i * terms, terms);
            }
            try {
                space.executor.upload(values, coefficients);
                space.executor.run(() -> List.of(space.executor.vectors().combined(coefficients, rows, keep, z)));
            } finally {
                space.executor.free(List.of(coefficients.buffer()));
            }
        }

        @Override
        public void close() {
            space.executor.free(List.of(rows.buffer()));
        }
    }
}
