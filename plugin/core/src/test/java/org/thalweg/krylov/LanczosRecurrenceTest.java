package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** One eigenvalue at each end from two vectors: as accurate as from a basis, from about as many products. */
class LanczosRecurrenceTest {

    private static final double TOLERANCE = 1e-4;

    private final long seed = Seeds.fresh("LanczosRecurrenceTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    static Stream<Arguments> spectra() {
        return Stream.of(Spectrum.values())
                .flatMap(spectrum -> Stream.of(3, 10, 20_000)
                        .flatMap(n -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                .map(type -> Arguments.of(spectrum, n, type))));
    }

    @ParameterizedTest
    @MethodSource("spectra")
    void findsBothEndsOfEverySpectrum(Spectrum spectrum, int n, DataType type) {
        double[] values = spectrum.values(n, random);
        check(values, type, run());
        check(values, type, run().withoutVectors());
        check(values, type, run().withoutVectors().withEnds(1, 0));
        check(values, type, run().withEnds(0, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void noPairHasConvergedThatIsOffByMoreThanTheTolerance(DataType type) {
        RandomSpectra.Count count = new RandomSpectra(seed).withoutBasis().count(60, type);
        assertThat(count.converged()).as("seed %d", seed).isGreaterThan(40);
        assertThat(count.wrong()).as("%s, seed %d", count, seed).isZero();
        assertThat(count.missed()).as("%s, seed %d", count, seed).isLessThanOrEqualTo(2);
        assertThat(count.outside()).as("%s, seed %d", count, seed).isZero();
    }

    /** Long after the top has converged, its copies in the tridiagonal matrix leave the other end as accurate as from a basis. */
    @Test
    void copiesOfAConvergedValueDoNoHarm() {
        double[] values = random.doubles(3000, -1, 0).toArray();
        values[0] = 100;
        values[1] = 60;
        Arrays.sort(values);
        LanczosRun crowded = run().withoutVectors().withTolerance(1e-3, ToleranceRule.RELATIVE_TO_EACH);
        LanczosResult found = crowded.on(MatrixOperator.diagonal(DataType.FLOAT, values));
        assertThat(found.info().stop()).as("seed %d", seed).isEqualTo(StopReason.CONVERGED);
        assertThat(found.info().products()).as("seed %d", seed).isGreaterThan(40);
        assertThat(found.largest().get(0).value()).as("seed %d", seed).isCloseTo(100, within(1e-3));
        assertThat(found.smallest().get(0).value())
                .as("seed %d", seed)
                .isCloseTo(values[0], within(found.smallest().get(0).residual()));
    }

    /**
     * Copies of a value differ from it by more than the rounding of a single product, which residuals must tell: by up to
     * 0.84 of the residual in 932 spectra.
     */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void residualsCoverTheRoundingOfCopies(DataType type) {
        for (int trial = 0; trial < 8; trial++) {
            double[] values = random.doubles(400, -1, 1).toArray();
            values[0] = 131_072;
            Arrays.sort(values);
            LanczosRun endless = run().withoutVectors()
                    .withTolerance(1e-30, ToleranceRule.RELATIVE_TO_LARGEST)
                    .withProducts(160);
            EigenPair top =
                    endless.on(MatrixOperator.diagonal(type, values)).largest().get(0);
            assertThat(top.value())
                    .as("%s, seed %d", type, seed)
                    .isCloseTo(values[values.length - 1], within(2 * top.residual()));
        }
    }

    @Test
    void takesAboutAsManyProductsAsFromAFullBasis() {
        double[] values = random.doubles(5000, -0.3, 0.3).toArray();
        double[] outliers = {5, 4.5, 4.1, 3.6, 3.3, -1, -0.9, -0.8};
        System.arraycopy(outliers, 0, values, 0, outliers.length);
        Arrays.sort(values);
        LanczosRun whole = run().withoutVectors().withTolerance(1e-2, ToleranceRule.RELATIVE_TO_EACH);
        int products = whole.withBasisSize(200)
                .on(MatrixOperator.diagonal(DataType.FLOAT, values))
                .info()
                .products();
        assertThat(whole.on(MatrixOperator.diagonal(DataType.FLOAT, values))
                        .info()
                        .products())
                .as("%d from a basis, seed %d", products, seed)
                .isLessThanOrEqualTo(products + 6);
    }

    @Test
    void startsFromAGivenVector() {
        double[] values = Spectrum.INDEFINITE.values(3000, random);
        MatrixOperator operator = MatrixOperator.diagonal(DataType.DOUBLE, values);
        INDArray start = Nd4j.ones(DataType.DOUBLE, 2, 3000);
        start.putScalar(0, 0, 0).putScalar(1, 0, 0);
        LanczosRun run = run();
        try (LanczosResult result = run.lanczos().run(operator, run.query(), run.budget(), start)) {
            assertThat(result.smallest().get(0).value()).as("seed %d", seed).isCloseTo(values[0], within(1e-3));
            assertThat(operator.trueResidual(result.smallest().get(0)))
                    .as("seed %d", seed)
                    .isLessThan(1e-2);
        }
        assertThat(start.sumNumber().doubleValue()).isEqualTo(2 * 2999);
    }

    @Test
    void holdsThreeVectorsAndThoseAsked() {
        EigenvalueQuery query = EigenvalueQuery.ofEachEnd(1);
        long n = 1000;
        assertThat(Lanczos.smallestBytes(query, n, DataType.FLOAT)).isEqualTo(3 * n * Float.BYTES);
        assertThat(Lanczos.smallestBytes(query.withEigenvectors(true), n, DataType.FLOAT))
                .isEqualTo(5 * n * Float.BYTES);
        MatrixOperator operator = MatrixOperator.diagonal(DataType.FLOAT, Spectrum.INDEFINITE.values((int) n, random));
        LanczosResult tight = run().withBasisSize(40)
                .withoutVectors()
                .withMemory(4 * n * Float.BYTES)
                .on(operator);
        assertThat(tight.info().stop()).as("seed %d", seed).isEqualTo(StopReason.CONVERGED);
        assertThat(tight.info().basisSize()).isEqualTo(Lanczos.RECURRENCE);
        assertThat(tight.info().basisBytes()).isEqualTo(3 * n * Float.BYTES);
        assertThatThrownBy(() -> run().withMemory(2 * n * Float.BYTES).on(operator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 20000");
    }

    @Test
    void budgetsHold() {
        double[] values = random.doubles(2000, -1, 1).toArray();
        Arrays.sort(values);
        for (int products : List.of(1, 2, 3, 7, 30)) {
            for (LanczosRun run : List.of(run(), run().withoutVectors())) {
                MatrixOperator operator = MatrixOperator.diagonal(DataType.DOUBLE, values);
                try (LanczosResult result = run.withProducts(products).on(operator)) {
                    assertThat(result.info().stop()).as("seed %d", seed).isEqualTo(StopReason.PRODUCTS);
                    assertThat(result.info().products())
                            .isEqualTo(operator.products())
                            .isLessThanOrEqualTo(products);
                    assertThat(result.largest()).as("seed %d", seed).noneMatch(EigenPair::converged);
                }
            }
        }
        LanczosResult hurried = run().withoutVectors()
                .withTime(Duration.ofNanos(1))
                .on(MatrixOperator.diagonal(DataType.DOUBLE, values));
        assertThat(hurried.info().stop()).isEqualTo(StopReason.TIME);
        assertThat(hurried.info().products()).isEqualTo(1);
    }

    @Test
    void reportsProductsThatAreNotFinite() {
        LinearOperator breaksDown = LinearOperator.of(50, DataType.FLOAT, vector -> Nd4j.valueArrayOf(50, Float.NaN));
        assertThatThrownBy(() -> run().on(breaksDown))
                .isInstanceOf(NonFiniteProductException.class)
                .hasMessageContaining("product 1");
    }

    @Test
    void onlyOneAtEachEnd() {
        assertThatThrownBy(() -> run().withEnds(2, 1)
                        .on(MatrixOperator.diagonal(DataType.DOUBLE, Spectrum.INDEFINITE.values(100, random))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 4");
    }

    private LanczosRun run() {
        return LanczosRun.DEFAULT
                .withEnds(1, 1)
                .withBasisSize(Lanczos.RECURRENCE)
                .withTolerance(TOLERANCE, ToleranceRule.RELATIVE_TO_LARGEST)
                .withProducts(3000)
                .withSeed(random.nextLong());
    }

    private void check(double[] ascending, DataType type, LanczosRun run) {
        int n = ascending.length;
        double norm = Math.max(Math.abs(ascending[0]), Math.abs(ascending[n - 1]));
        MatrixOperator operator = MatrixOperator.diagonal(type, ascending);
        try (LanczosResult result = run.on(operator)) {
            assertThat(result.info().stop()).as("seed %d", seed).isEqualTo(StopReason.CONVERGED);
            assertThat(result.info().products()).as("seed %d", seed).isEqualTo(operator.products());
            assertThat(result.info().converged()).isEqualTo(run.query().wanted());
            result.largest().forEach(pair -> check(operator, pair, ascending[n - 1], norm));
            result.smallest().forEach(pair -> check(operator, pair, ascending[0], norm));
            assertThat(result.largest()).hasSize(run.query().largest());
            assertThat(result.smallest()).hasSize(run.query().smallest());
        }
    }

    private void check(MatrixOperator operator, EigenPair pair, double expected, double norm) {
        // The diagonal's own rounding in float, and that of sums of squares.
        double rounding = 4e-6 * norm;
        assertThat(pair.converged()).as("%s, seed %d", pair, seed).isTrue();
        assertThat(pair.value()).as("seed %d", seed).isCloseTo(expected, within(pair.residual() + rounding));
        assertThat(pair.residual()).as("seed %d", seed).isLessThanOrEqualTo(TOLERANCE * norm + rounding);
        if (pair.vector() != null) {
            assertThat(InnerProducts.norm(pair.vector())).as("seed %d", seed).isCloseTo(1, within(1e-5));
            assertThat(operator.trueResidual(pair)).as("seed %d", seed).isLessThanOrEqualTo(pair.residual() + rounding);
        }
    }
}
