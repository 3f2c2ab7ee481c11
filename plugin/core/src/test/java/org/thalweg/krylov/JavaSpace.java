package org.thalweg.krylov;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Vectors in Java's arrays of double, with each element rounded to the type: memory unknown to ND4J. */
record JavaSpace(long dimension, DataType dataType) implements VectorSpace {

    private record Elements(double[] all, int from, int length) implements Vector {

        double get(int i) {
            return all[from + i];
        }

        @Override
        public void close() {}
    }

    private record Batch(Vector[] vectors) implements VectorBatch {

        @Override
        public int size() {
            return vectors.length;
        }

        @Override
        public Vector get(int i) {
            return vectors[i];
        }

        @Override
        public void close() {}
    }

    private record Block(JavaSpace space, Vector[] rows) implements VectorBlock {

        @Override
        public void set(int i, Vector vector) {
            space.assign(vector, rows[i]);
        }

        @Override
        public void get(int i, Vector vector) {
            space.assign(rows[i], vector);
        }

        @Override
        public void copy(int from, int to) {
            space.assign(rows[from], rows[to]);
        }

        @Override
        public double[] innerProducts(int count, Vector vector) {
            return IntStream.range(0, count)
                    .mapToDouble(i -> space.dot(rows[i], vector))
                    .toArray();
        }

        @Override
        public void subtract(double[] coefficients, Vector vector) {
            for (int i = 0; i < coefficients.length; i++) {
                space.axpy(-coefficients[i], rows[i], vector);
            }
        }

        @Override
        public void rotate(double[][] s) {
            Vector[] rotated = new Vector[s.length];
            for (int i = 0; i < s.length; i++) {
                rotated[i] = space.create();
                combine(s[i], rotated[i]);
            }
            System.arraycopy(rotated, 0, rows, 0, s.length);
        }

        @Override
        public void combine(double[] s, Vector vector) {
            space.scale(0, vector);
            for (int j = 0; j < s.length; j++) {
                space.axpy(s[j], rows[j], vector);
            }
        }

        @Override
        public void close() {}
    }

    private interface Change {
        double of(double element, int i);
    }

    private void change(Vector vector, Change change) {
        Elements x = (Elements) vector;
        for (int i = 0; i < x.length; i++) {
            double value = change.of(x.get(i), i);
            x.all[x.from + i] = dataType == DataType.FLOAT ? (float) value : value;
        }
    }

    @Override
    public VectorSpace ofDimension(long n) {
        return new JavaSpace(n, dataType);
    }

    @Override
    public Vector create() {
        return new Elements(new double[(int) dimension], 0, (int) dimension);
    }

    @Override
    public Vector zeros() {
        return create();
    }

    @Override
    public Vector fromArray(INDArray array) {
        Vector vector = create();
        double[] values = array.castTo(DataType.DOUBLE).dup().data().asDouble();
        change(vector, (x, i) -> values[i]);
        return vector;
    }

    @Override
    public INDArray toArray(Vector vector) {
        Elements x = (Elements) vector;
        return Nd4j.createFromArray(
                        IntStream.range(0, x.length).mapToDouble(x::get).toArray())
                .castTo(dataType);
    }

    @Override
    public VectorBatch batch(INDArray rows) {
        return new Batch(IntStream.range(0, (int) rows.size(0))
                .mapToObj(i -> fromArray(rows.get(NDArrayIndex.point(i), NDArrayIndex.all())))
                .toArray(Vector[]::new));
    }

    @Override
    public VectorBatch batch(int k) {
        return new Batch(IntStream.range(0, k).mapToObj(i -> create()).toArray(Vector[]::new));
    }

    @Override
    public VectorBlock block(int capacity) {
        return new Block(
                this, IntStream.range(0, capacity).mapToObj(i -> create()).toArray(Vector[]::new));
    }

    @Override
    public void assign(Vector from, Vector to) {
        change(to, (y, i) -> ((Elements) from).get(i));
    }

    @Override
    public double dot(Vector x, Vector y) {
        return IntStream.range(0, ((Elements) x).length)
                .mapToDouble(i -> ((Elements) x).get(i) * ((Elements) y).get(i))
                .sum();
    }

    @Override
    public double norm(Vector x) {
        return Math.sqrt(dot(x, x));
    }

    @Override
    public void axpy(double a, Vector x, Vector y) {
        change(y, (value, i) -> value + a * ((Elements) x).get(i));
    }

    @Override
    public void scale(double a, Vector x) {
        change(x, (value, i) -> a * value);
    }

    @Override
    public void divide(double a, Vector x) {
        change(x, (value, i) -> value / a);
    }

    @Override
    public void multiply(Vector x, Vector y) {
        change(y, (value, i) -> value * ((Elements) x).get(i));
    }

    @Override
    public Vector range(Vector vector, long from, long to) {
        Elements x = (Elements) vector;
        return new Elements(x.all, x.from + (int) from, (int) (to - from));
    }
}
