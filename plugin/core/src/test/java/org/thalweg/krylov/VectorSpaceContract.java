package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** What holds of every space of vectors, against plain sums in double, and that Lanczos needs nothing else of it. */
abstract class VectorSpaceContract {

    /** Longer than the parts that spaces cut vectors into. */
    private static final int N = 70_001;

    private static final int ROWS = 5;

    private final long seed = Seeds.fresh(getClass().getSimpleName());
    private final Random random = new Random(seed);

    /** The space under test. */
    abstract VectorSpace space(long dimension, DataType type);

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void arithmeticIsThatOfItsElements(DataType type) {
        VectorSpace space = space(N, type);
        double[] x = values(type);
        double[] y = values(type);
        try (Vector vector = vector(space, x);
                Vector other = vector(space, y)) {
            assertThat(space.dot(vector, other)).as("seed %d", seed).isCloseTo(dot(x, y), within(1e-5 * N));
            assertThat(space.norm(vector)).as("seed %d", seed).isCloseTo(Math.sqrt(dot(x, x)), within(1e-3));
            space.axpy(0.5, vector, other);
            close(space, other, i -> y[i] + 0.5 * x[i]);
            space.scale(3, other);
            close(space, other, i -> 3 * (y[i] + 0.5 * x[i]));
            space.divide(3, other);
            close(space, other, i -> y[i] + 0.5 * x[i]);
            space.multiply(vector, other);
            close(space, other, i -> x[i] * (y[i] + 0.5 * x[i]));
            space.assign(vector, other);
            close(space, other, i -> x[i]);
            Vector part = space.range(other, 7, N - 3);
            space.ofDimension(N - 10).scale(0, part);
            close(space, other, i -> i < 7 || i >= N - 3 ? x[i] : 0);
        }
    }

    @Test
    void normsKeepTheirDigitsWhereSquaresDoNot() {
        for (double size : new double[] {1e-30, 1e30}) {
            VectorSpace space = space(4, DataType.FLOAT);
            try (Vector vector = vector(space, size, size, size, size)) {
                assertThat(space.norm(vector)).isCloseTo(2 * size, within(1e-6 * size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void blocksCombineTheirRows(DataType type) {
        VectorSpace space = space(N, type);
        double[][] rows = new double[ROWS][];
        try (VectorBlock block = space.block(ROWS + 1);
                Vector vector = space.create()) {
            for (int i = 0; i < ROWS; i++) {
                rows[i] = values(type);
                space.assign(vector(space, rows[i]), vector);
                block.set(i, vector);
            }
            double[] x = values(type);
            space.assign(vector(space, x), vector);
            double[] inner = block.innerProducts(ROWS, vector);
            for (int i = 0; i < ROWS; i++) {
                assertThat(inner[i]).as("seed %d", seed).isCloseTo(dot(rows[i], x), within(1e-5 * N));
            }
            double[] c = random.doubles(ROWS, -1, 1).toArray();
            block.subtract(c, vector);
            close(space, vector, i -> x[i] - combination(c, rows, i));
            block.combine(c, vector);
            close(space, vector, i -> combination(c, rows, i));
            double[] d = random.doubles(ROWS, -1, 1).toArray();
            block.copy(1, ROWS);
            block.rotate(new double[][] {c, d});
            block.get(1, vector);
            close(space, vector, i -> combination(d, rows, i));
            block.get(ROWS, vector);
            close(space, vector, i -> rows[1][i]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void krylovMethodsNeedNothingElse(DataType type) {
        int n = 400;
        double[] values = new double[n];
        Arrays.setAll(values, i -> i < 3 ? -2 * (i + 1) : i > n - 4 ? 3 * (i - n + 5) : random.nextDouble());
        LinearOperator diagonal = new Diagonal(space(n, type), values);
        Lanczos lanczos = Lanczos.DEFAULT.withSeed(seed);
        double trace = Arrays.stream(values).sum();
        TraceEstimate estimate = TraceEstimator.hutchPlusPlus(diagonal, 5, 4, seed);
        SpectralDensity density = SpectralDensityEstimator.estimate(diagonal, SpectralDensityOptions.DEFAULT);
        assertThat(estimate.value()).as("seed %d", seed).isCloseTo(trace, within(5 * estimate.standardError() + 1e-3));
        assertThat(density.mean()).as("seed %d", seed).isCloseTo(trace / n, within(1e-3));
        assertThat(SymmetryCheck.asymmetry(diagonal, seed)).isLessThan(1e-4);
        try (LanczosResult found =
                lanczos.run(diagonal, EigenvalueQuery.ofEachEnd(2).withEigenvectors(true))) {
            assertThat(found.largest()).extracting(EigenPair::converged).containsOnly(true);
            assertThat(found.largest().get(0).value()).as("seed %d", seed).isCloseTo(12, within(1e-4));
            assertThat(found.smallest().get(1).value()).as("seed %d", seed).isCloseTo(-6, within(1e-4));
            assertThat(Arrays.asList(found.largest().get(0).vector()).get(0).getDouble(n - 1))
                    .as("seed %d", seed)
                    .satisfies(component -> assertThat(Math.abs(component)).isCloseTo(1, within(1e-3)));
        }
    }

    /** diag(values), by the space's own arithmetic. */
    private record Diagonal(VectorSpace space, double[] values) implements LinearOperator {

        @Override
        public Vector multiply(Vector vector) {
            Vector product = vector(space, values);
            space.multiply(vector, product);
            return product;
        }
    }

    private interface Element {
        double at(int i);
    }

    private double[] values(DataType type) {
        double[] values = random.doubles(N, -1, 1).toArray();
        return type == DataType.DOUBLE
                ? values
                : Arrays.stream(values).map(x -> (float) x).toArray();
    }

    private static Vector vector(VectorSpace space, double... values) {
        return space.fromArray(Nd4j.createFromArray(values).castTo(space.dataType()));
    }

    private void close(VectorSpace space, Vector vector, Element expected) {
        Vector copy = space.create();
        space.assign(vector, copy);
        double[] actual = space.toArray(copy).castTo(DataType.DOUBLE).data().asDouble();
        double largest = IntStream.range(0, N)
                .mapToDouble(i -> Math.abs(actual[i] - expected.at(i)))
                .max()
                .orElseThrow();
        assertThat(actual).hasSize(N);
        assertThat(largest)
                .as("largest deviation, seed %d", seed)
                .isLessThan(space.dataType() == DataType.DOUBLE ? 1e-13 : 2e-6);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double combination(double[] c, double[][] rows, int i) {
        double sum = 0;
        for (int j = 0; j < rows.length; j++) {
            sum += c[j] * rows[j][i];
        }
        return sum;
    }
}
