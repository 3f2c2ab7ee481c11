package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Vectors in ND4J's memory, split into parts of {@value #COLUMNS} columns, {@code [capacity, columns]} each. Inner
 * products with all vectors are one matrix-vector product a part, at memory bandwidth, and lose no digits in float: the
 * sums of the parts are added up in double.
 */
final class Nd4jBlock implements VectorBlock {

    private static final int COLUMNS = 1 << 16;

    private final DataType type;
    private final INDArray[] parts;

    Nd4jBlock(DataType type, int capacity, long n) {
        this.type = type;
        this.parts = new INDArray[(int) ((n + COLUMNS - 1) / COLUMNS)];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = Nd4j.createUninitialized(type, capacity, Math.min(COLUMNS, n - (long) p * COLUMNS));
        }
    }

    @Override
    public void set(int i, Vector vector) {
        for (int p = 0; p < parts.length; p++) {
            row(p, i).assign(part(Nd4jVector.array(vector), p));
        }
    }

    @Override
    public void get(int i, Vector vector) {
        for (int p = 0; p < parts.length; p++) {
            part(Nd4jVector.array(vector), p).assign(row(p, i));
        }
    }

    @Override
    public void copy(int from, int to) {
        for (int p = 0; p < parts.length; p++) {
            row(p, to).assign(row(p, from));
        }
    }

    @Override
    public double[] innerProducts(int count, Vector vector) {
        double[] sums = new double[count];
        try (INDArray partial = Nd4j.createUninitialized(type, count, 1)) {
            for (int p = 0; p < parts.length; p++) {
                multiply(rows(p, count), column(Nd4jVector.array(vector), p), partial);
                double[] values = partial.data().asDouble();
                for (int i = 0; i < count; i++) {
                    sums[i] += values[i];
                }
            }
        }
        return sums;
    }

    @Override
    public void subtract(double[] coefficients, Vector vector) {
        int count = coefficients.length;
        try (INDArray factors = matrix(new double[][] {coefficients})) {
            for (int p = 0; p < parts.length; p++) {
                INDArray column = column(Nd4jVector.array(vector), p);
                try (INDArray combined = Nd4j.createUninitialized(type, column.length(), 1)) {
                    multiply(rows(p, count).transpose(), factors.reshape(count, 1), combined);
                    column.subi(combined);
                }
            }
        }
    }

    @Override
    public void rotate(double[][] s) {
        int used = s[0].length;
        try (INDArray rotation = matrix(s)) {
            for (int p = 0; p < parts.length; p++) {
                try (INDArray rotated = Nd4j.createUninitialized(type, s.length, parts[p].size(1))) {
                    multiply(rotation, rows(p, used), rotated);
                    rows(p, s.length).assign(rotated);
                }
            }
        }
    }

    @Override
    public void combine(double[] s, Vector vector) {
        try (INDArray factors = matrix(new double[][] {s})) {
            for (int p = 0; p < parts.length; p++) {
                multiply(
                        rows(p, s.length).transpose(),
                        factors.reshape(s.length, 1),
                        column(Nd4jVector.array(vector), p));
            }
        }
    }

    /** A view of the first rows in part p, {@code [count, columns]}. */
    private INDArray rows(int p, int count) {
        return parts[p].get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
    }

    /** A view of row i in part p, {@code [columns]}. */
    private INDArray row(int p, int i) {
        return parts[p].get(NDArrayIndex.point(i), NDArrayIndex.all());
    }

    /** A view of the elements of a vector that belong to part p, {@code [columns]}. */
    private INDArray part(INDArray vector, int p) {
        long from = (long) p * COLUMNS;
        return vector.get(NDArrayIndex.interval(from, from + parts[p].size(1)));
    }

    private INDArray column(INDArray vector, int p) {
        return part(vector, p).reshape(parts[p].size(1), 1);
    }

    private INDArray matrix(double[][] values) {
        INDArray wide = Nd4j.createFromArray(values);
        if (type == DataType.DOUBLE) {
            return wide;
        }
        try (wide) {
            return wide.castTo(type);
        }
    }

    private static void multiply(INDArray a, INDArray b, INDArray product) {
        Nd4j.exec(new Mmul(a, b, product, 1.0, 0.0, null));
    }

    @Override
    public void close() {
        for (INDArray part : parts) {
            part.close();
        }
    }
}
