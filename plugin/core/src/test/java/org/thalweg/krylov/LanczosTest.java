package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** Closed-form eigenvalues, true residuals, and what breaks Krylov methods. */
class LanczosTest {

    private static final double TOLERANCE = 1e-4;

    private final long seed = Seeds.fresh("LanczosTest");
    private SplittableRandom random = new SplittableRandom();

    static Stream<Arguments> spectra() {
        return Stream.of(Spectrum.values())
                .flatMap(spectrum -> Stream.of(1, 2, 3, 10, 100_000)
                        .flatMap(n -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                .map(type -> Arguments.of(spectrum, n, type))));
    }

    @ParameterizedTest
    @MethodSource("spectra")
    void findsBothEndsOfEverySpectrum(Spectrum spectrum, int n, DataType type) {
        check(spectrum.values(n, random), type, options(n).withBasisSize(24));
    }

    @ParameterizedTest
    @EnumSource
    void findsBothEndsInAMillionDimensions(Spectrum spectrum) {
        check(spectrum.values(1_000_000, random), DataType.FLOAT, options(10).withBasisSize(24));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void agreesWithADirectSolverOnADenseMatrix(DataType type) {
        double[][] matrix = MatrixOperator.randomSymmetric(80, random);
        double[] expected = new EigenDecomposition(new Array2DRowRealMatrix(matrix)).getRealEigenvalues();
        Arrays.sort(expected);
        check(MatrixOperator.dense(type, matrix), expected, options(80));
    }

    /** Of tridiag(-1, 2, -1): 2 - 2 cos(i pi / (n + 1)). Of 300, the ends are crowded: many restarts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 300})
    void findsTheEigenvaluesOfTheLaplacianToManyDigits(int n) {
        double[][] matrix = new double[n][n];
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = 2;
            matrix[i][Math.max(0, i - 1)] -= i > 0 ? 1 : 0;
            matrix[i][Math.min(n - 1, i + 1)] -= i < n - 1 ? 1 : 0;
            expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
        }
        LanczosRun options = options(n).withTolerance(1e-8, ToleranceRule.RELATIVE_TO_EACH);
        check(MatrixOperator.dense(DataType.DOUBLE, matrix), expected, options.withProducts(5000));
    }

    /**
     * Too crowded to tell its eigenvalues apart, yet each value found is within its residual of one; the bounds are twice
     * the tolerance since the spectrum goes on inwards without a gap.
     */
    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000})
    void findsTheEndsOfALongLaplacian(int n) {
        LinearOperator laplacian = new Laplacian(n, DataType.FLOAT);
        LanczosResult result = LanczosRun.DEFAULT
                .withoutVectors()
                .withTolerance(1e-2, ToleranceRule.RELATIVE_TO_LARGEST)
                .withSeed(seed)
                .on(laplacian);
        assertThat(result.info().stop()).as("seed %d", seed).isEqualTo(StopReason.CONVERGED);
        assertThat(result.largest()).allSatisfy(pair -> assertThat(pair.value()).isBetween(4 - 8e-2, 4 + 1e-6));
        assertThat(result.smallest())
                .allSatisfy(pair -> assertThat(pair.value()).isBetween(-1e-6, 8e-2));
    }

    @Test
    void showsAllCopiesOfMultipleEigenvalues() {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> i % 7);
        Arrays.sort(values);
        check(values, DataType.DOUBLE, options(1000));
    }

    /** A Krylov space has one vector of each eigenspace, and the spectrum goes on without a gap that would stop it. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void findsCopiesInTheMiddleOfASpectrum(DataType type) {
        double[] values = random.doubles(2000, -1, 1).toArray();
        for (int i = 0; i < 3; i++) {
            values[i] = 1.526;
            values[i + 3] = -1.472;
        }
        Arrays.sort(values);
        check(values, type, options(2000).withEnds(3, 3));
    }

    /** Outliers converge in a few products, and what a random start has not shown by then is not there. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void stopsBeforeTheBasisIsFullWhereNothingCanBeUnseen(DataType type) {
        double[] values = random.doubles(20_000, -0.1, 0.1).toArray();
        double[] outliers = {30, 18, 11, 7, 5, -2, -1.6};
        System.arraycopy(outliers, 0, values, 0, outliers.length);
        Arrays.sort(values);
        LanczosRun one = options(20_000).withEnds(1, 1).withBasisSize(60);
        LanczosRun several = options(20_000).withEnds(3, 2).withBasisSize(60);
        check(values, type, one);
        check(values, type, several);
        assertThat(one.on(MatrixOperator.diagonal(type, values)).info().products())
                .as("seed %d", seed)
                .isLessThan(25);
        assertThat(several.on(MatrixOperator.diagonal(type, values)).info().products())
                .as("seed %d", seed)
                .isLessThan(50);
    }

    @Test
    void severalThatWereNotLookedAtAgainHaveNotConverged() {
        double[] values = Spectrum.INDEFINITE.values(3000, random);
        LanczosRun options = options(3000).withBasisSize(40);
        LanczosResult all = run(MatrixOperator.diagonal(DataType.DOUBLE, values), options);
        LanczosRun few = options.withProducts(all.info().products() - 1);
        LanczosResult cut = run(MatrixOperator.diagonal(DataType.DOUBLE, values), few);
        assertThat(all.largest()).as("seed %d", seed).allMatch(EigenPair::converged);
        assertThat(cut.info().stop()).as("seed %d", seed).isEqualTo(StopReason.PRODUCTS);
        assertThat(cut.largest().stream().skip(1)).as("seed %d", seed).noneMatch(EigenPair::converged);
    }

    @Test
    void smallEigenvaluesOfALargeOperatorHaveNotConvergedInFloat() {
        double[] values = new double[500];
        Arrays.setAll(values, i -> i == 0 ? 1e-6 : 1 + i);
        LanczosRun options = options(500).withEnds(0, 1).withTolerance(1e-3, ToleranceRule.RELATIVE_TO_EACH);
        LanczosResult result = run(MatrixOperator.diagonal(DataType.FLOAT, values), options);
        assertThat(result.smallest()).as("seed %d", seed).noneMatch(EigenPair::converged);
        assertThat(Math.abs(result.smallest().get(0).value() - 1e-6))
                .as("seed %d", seed)
                .isLessThanOrEqualTo(result.smallest().get(0).residual());
        assertThat(run(MatrixOperator.diagonal(DataType.DOUBLE, values), options)
                        .smallest())
                .as("seed %d", seed)
                .allMatch(EigenPair::converged);
    }

    @Test
    void orthonormalEigenvectors() {
        double[] values = Spectrum.CLUSTERED.values(5000, random);
        List<INDArray> vectors = new ArrayList<>();
        try (LanczosResult result = run(MatrixOperator.diagonal(DataType.FLOAT, values), options(5000))) {
            Stream.concat(result.largest().stream(), result.smallest().stream())
                    .forEach(pair -> vectors.addAll(Arrays.asList(pair.vector())));
            for (int i = 0; i < vectors.size(); i++) {
                for (int j = 0; j <= i; j++) {
                    assertThat(InnerProducts.dot(vectors.get(i), vectors.get(j)))
                            .as("<%d, %d>, seed %d", i, j, seed)
                            .isCloseTo(i == j ? 1 : 0, within(5e-6));
                }
            }
        }
    }

    @Test
    void startsFromGivenVectors() {
        double[] values = Spectrum.INDEFINITE.values(10_000, random);
        MatrixOperator operator = MatrixOperator.diagonal(DataType.DOUBLE, values);
        LanczosRun run = options(10_000).withBasisSize(21).withTolerance(1e-8, ToleranceRule.RELATIVE_TO_LARGEST);
        try (LanczosResult cold = run.on(operator)) {
            INDArray[] vectors = Stream.concat(cold.largest().stream(), cold.smallest().stream())
                    .flatMap(pair -> Arrays.asList(pair.vector()).stream())
                    .toArray(INDArray[]::new);
            try (LanczosResult warm = from(Nd4j.vstack(vectors), operator, run)) {
                assertThat(warm.info().products())
                        .as("seed %d", seed)
                        .isLessThan(cold.info().products());
                assertThat(warm.largest().get(0).value())
                        .isCloseTo(cold.largest().get(0).value(), within(1e-3));
            }
        }
    }

    /** No product of a diagonal leaves the space of a start's own elements, in exact arithmetic or not. */
    @Test
    void findsWhatAStartIsOrthogonalTo() {
        double[] values = Spectrum.INDEFINITE.values(3000, random);
        INDArray start = Nd4j.ones(DataType.DOUBLE, 3000);
        start.putScalar(0, 0).putScalar(2999, 0);
        try (LanczosResult result = from(start, MatrixOperator.diagonal(DataType.DOUBLE, values), options(3000))) {
            double largest = result.largest().get(0).value();
            double smallest =
                    result.smallest().get(result.smallest().size() - 1).value();
            assertThat(largest).as("seed %d", seed).isCloseTo(values[2999], within(1e-3));
            assertThat(smallest).as("seed %d", seed).isCloseTo(values[0], within(1e-3));
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        double[] values = Spectrum.INDEFINITE.values(3000, random);
        LanczosRun options = options(3000).withoutVectors();
        LanczosResult first = run(MatrixOperator.diagonal(DataType.FLOAT, values), options);
        LanczosResult second = run(MatrixOperator.diagonal(DataType.FLOAT, values), options);
        assertThat(first.largest().stream().map(EigenPair::value))
                .as("seed %d", seed)
                .isEqualTo(second.largest().stream().map(EigenPair::value).toList());
    }

    @Test
    void operatorsOfAnyScaleKeepTheirDigitsInFloat() {
        double[] values = Spectrum.INDEFINITE.values(1000, random);
        for (double scale : new double[] {1e-24, 1e24}) {
            double[] scaled = Arrays.stream(values).map(x -> x * scale).toArray();
            LanczosResult result = run(MatrixOperator.diagonal(DataType.FLOAT, scaled), options(1000));
            assertThat(result.largest().get(0).value() / scale)
                    .as("scale %g, seed %d", scale, seed)
                    .isCloseTo(40, within(1e-3));
        }
    }

    private LanczosRun options(int n) {
        int k = Math.min(5, n);
        return LanczosRun.DEFAULT
                .withEnds(k, k)
                .withTolerance(TOLERANCE, ToleranceRule.RELATIVE_TO_LARGEST)
                .withSeed(random.nextLong());
    }

    private void check(double[] values, DataType type, LanczosRun options) {
        check(MatrixOperator.diagonal(type, values), values, options);
    }

    private void check(MatrixOperator operator, double[] ascending, LanczosRun options) {
        int n = ascending.length;
        try (LanczosResult result = run(operator, options)) {
            assertThat(result.info().stop()).as("seed %d", seed).isEqualTo(StopReason.CONVERGED);
            assertThat(result.info().products()).isEqualTo(operator.products());
            assertThat(result.info().converged()).isEqualTo(options.query().wanted());
            double norm = Math.max(Math.abs(ascending[0]), Math.abs(ascending[n - 1]));
            for (int i = 0; i < options.query().largest(); i++) {
                check(operator, result.largest().get(i), ascending[n - 1 - i], norm);
            }
            for (int i = 0; i < options.query().smallest(); i++) {
                check(
                        operator,
                        result.smallest().get(i),
                        ascending[options.query().smallest() - 1 - i],
                        norm);
            }
        }
    }

    private void check(MatrixOperator operator, EigenPair pair, double expected, double norm) {
        // Residuals have the error of products on top, 1.2e-6 of the norm in float, and what a fresh look left out.
        double rounding = 4e-6 * norm;
        assertThat(pair.converged()).isTrue();
        assertThat(pair.value()).as("seed %d", seed).isCloseTo(expected, within(pair.residual() + rounding));
        assertThat(pair.residual())
                .as("residual, seed %d", seed)
                .isGreaterThanOrEqualTo(operator.trueResidual(pair) - rounding)
                .isLessThanOrEqualTo(TOLERANCE * norm + rounding);
    }

    private static LanczosResult run(LinearOperator operator, LanczosRun run) {
        return run.on(operator);
    }

    private static LanczosResult from(INDArray start, LinearOperator operator, LanczosRun run) {
        return run.lanczos().run(operator, run.query(), run.budget(), start);
    }
}
