package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** Trace, spectral density and self-check agree with the known matrix within their own errors. */
class EstimatorsTest {

    /** Chance of a false alarm with thirty samples or more: about 1e-5. */
    private static final double STANDARD_ERRORS = 5.5;

    private static final int N = 400;

    private final long seed = Seeds.fresh("EstimatorsTest");
    private double[][] matrix = new double[0][];
    private double trace;
    private double squares;

    @BeforeEach
    void draw() {
        matrix = MatrixOperator.randomSymmetric(N, new SplittableRandom(seed));
        // A few large eigenvalues, as a network has: Hutch++ must profit.
        for (int i = 0; i < 10; i++) {
            matrix[i][i] += 500 + 50 * i;
        }
        for (int i = 0; i < N; i++) {
            trace += matrix[i][i];
            squares += Arrays.stream(matrix[i]).map(x -> x * x).sum();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void tracesWithinTheirStandardErrors(DataType type) {
        LinearOperator operator = MatrixOperator.dense(type, matrix);
        TraceEstimate hutchinson = TraceEstimator.hutchinson(operator, 60, seed);
        TraceEstimate hutchPlusPlus = TraceEstimator.hutchPlusPlus(operator, 15, 35, seed);
        assertThat(hutchinson.products()).isEqualTo(60);
        assertThat(hutchPlusPlus.products()).isEqualTo(65);
        for (TraceEstimate estimate : new TraceEstimate[] {hutchinson, hutchPlusPlus}) {
            assertThat(estimate.value())
                    .as("%s, seed %d", estimate, seed)
                    .isCloseTo(trace, within(STANDARD_ERRORS * estimate.standardError()));
            // Var z^T A z = 2 (||A||_F^2 - sum a_ii^2) for all of A; its estimate from 35 samples varies by a factor.
            assertThat(estimate.standardError()).isBetween(1.0, 3 * Math.sqrt(2 * squares / estimate.samples()));
        }
    }

    @Test
    void hutchPlusPlusIsExactOnLowRank() {
        double[] values = new double[5000];
        Arrays.setAll(values, i -> i < 8 ? 1 + i : 0);
        TraceEstimate estimate =
                TraceEstimator.hutchPlusPlus(MatrixOperator.diagonal(DataType.DOUBLE, values), 12, 5, seed);
        assertThat(estimate.value()).as("seed %d", seed).isCloseTo(36, within(1e-9));
        assertThat(estimate.standardError()).isLessThan(1e-9);
    }

    @Test
    void tracesOfTinyAndZeroOperators() {
        assertThat(TraceEstimator.hutchPlusPlus(MatrixOperator.diagonal(DataType.FLOAT, 3), 10, 2, seed)
                        .value())
                .isCloseTo(3, within(1e-5));
        assertThat(TraceEstimator.hutchPlusPlus(MatrixOperator.diagonal(DataType.DOUBLE, 0, 0), 2, 2, seed)
                        .value())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void densityHasTheMassMeanAndVarianceOfTheSpectrum(DataType type) {
        LinearOperator operator = MatrixOperator.dense(type, matrix);
        SpectralDensity density = SpectralDensityEstimator.estimate(
                operator,
                SpectralDensityOptions.DEFAULT.withProbes(30).withSteps(20).withSeed(seed));
        double[] lambda = density.lambda();
        double spacing = lambda[1] - lambda[0];
        assertThat(Arrays.stream(density.density()).sum() * spacing).isCloseTo(1, within(1e-12));
        assertThat(density.products()).isEqualTo(600);
        assertThat(density.mean())
                .as("mean, seed %d", seed)
                .isCloseTo(trace / N, within(STANDARD_ERRORS * density.meanStandardError()));
        assertThat(density.variance())
                .as("variance, seed %d", seed)
                .isCloseTo(
                        squares / N - density.mean() * density.mean(),
                        within(STANDARD_ERRORS * density.varianceStandardError()));
        // Smoothing keeps the mean up to the cells' width.
        double smoothed = 0;
        for (int i = 0; i < lambda.length; i++) {
            smoothed += lambda[i] * density.density()[i] * spacing;
        }
        assertThat(smoothed).isCloseTo(density.mean(), within(spacing));
    }

    @Test
    void quadratureIsExactForTheMomentsOfItsProbe() {
        // On a diagonal, z_i^2 = 1: every probe has the moments of the spectrum, up to degree 2 steps - 1.
        double[] values = new SplittableRandom(seed).doubles(1000, -2, 5).toArray();
        SpectralDensity density = SpectralDensityEstimator.estimate(
                MatrixOperator.diagonal(DataType.DOUBLE, values),
                SpectralDensityOptions.DEFAULT.withProbes(2).withSteps(4).withSeed(seed));
        for (int power = 0; power <= 7; power++) {
            int exponent = power;
            double expected = Arrays.stream(values)
                    .map(x -> Math.pow(x, exponent))
                    .average()
                    .orElseThrow();
            for (Quadrature quadrature : density.quadratures()) {
                assertThat(quadrature.moment(0, power))
                        .as("moment %d, seed %d", power, seed)
                        .isCloseTo(expected, within(1e-9 * Math.pow(5, power)));
            }
        }
    }

    @Test
    void densityOfEqualEigenvaluesIsOnePeak() {
        double[] values = new double[50];
        Arrays.fill(values, -3);
        SpectralDensity density = SpectralDensityEstimator.estimate(
                MatrixOperator.diagonal(DataType.FLOAT, values), SpectralDensityOptions.DEFAULT);
        assertThat(density.products()).isEqualTo(SpectralDensityOptions.DEFAULT.probes());
        assertThat(density.mean()).isCloseTo(-3, within(1e-5));
        assertThat(density.kernelWidth()).isCloseTo(0.015, within(1e-6));
        assertThat(Arrays.stream(density.density()).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void selfCheckTellsSymmetricFromUnsymmetric() {
        assertThat(SymmetryCheck.asymmetry(MatrixOperator.dense(DataType.DOUBLE, matrix), seed))
                .isLessThan(1e-13);
        assertThat(SymmetryCheck.asymmetry(MatrixOperator.dense(DataType.FLOAT, matrix), seed))
                .isLessThan(1e-5);
        assertThat(SymmetryCheck.asymmetry(MatrixOperator.diagonal(DataType.FLOAT, 0, 0, 0), seed))
                .isZero();
        matrix[3][5] += 10_000;
        assertThat(SymmetryCheck.asymmetry(MatrixOperator.dense(DataType.DOUBLE, matrix), seed))
                .as("seed %d", seed)
                .isGreaterThan(1e-6);
    }

    @Test
    void refusesBadOptionsAndProducts() {
        LinearOperator operator = MatrixOperator.diagonal(DataType.DOUBLE, 1, Double.NaN, 3);
        assertThatThrownBy(() -> TraceEstimator.hutchinson(operator, 1, seed)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> TraceEstimator.hutchPlusPlus(operator, 0, 5, seed))
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> TraceEstimator.hutchinson(operator, 5, seed))
                .isInstanceOf(NonFiniteProductException.class);
        assertThatThrownBy(() -> SpectralDensityEstimator.estimate(operator, SpectralDensityOptions.DEFAULT))
                .isInstanceOf(NonFiniteProductException.class);
        assertThatThrownBy(() -> SpectralDensityOptions.DEFAULT.withProbes(1)).hasMessageContaining("got 1");
        assertThatThrownBy(() -> SpectralDensityOptions.DEFAULT.withSteps(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> SpectralDensityOptions.DEFAULT.withKernelWidth(0))
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> SpectralDensityOptions.DEFAULT.withGridPoints(1))
                .hasMessageContaining("got 1");
    }

    @Test
    void innerProductsKeepTheirDigitsInFloat() {
        RandomVectors random = new RandomVectors(seed);
        INDArray x = Nd4jVector.array(random.normal(new Nd4jSpace(5_000_000, DataType.FLOAT)));
        INDArray wide = x.castTo(DataType.DOUBLE);
        double expected = Nd4j.getBlasWrapper().dot(wide, wide);
        assertThat(InnerProducts.dot(x, x)).as("seed %d", seed).isCloseTo(expected, within(1e-6 * expected));
        assertThat(wide.meanNumber().doubleValue()).isCloseTo(0, within(5.5 / Math.sqrt(5e6)));
        assertThat(expected / 5e6).isCloseTo(1, within(5.5 * Math.sqrt(2 / 5e6)));
    }
}
