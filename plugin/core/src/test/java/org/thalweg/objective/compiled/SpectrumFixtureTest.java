package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.SpectralDensityEstimator;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.StopReason;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.testing.Seeds;

/** Eigenvalues, trace and density of networks, trained and not, against PyTorch and SciPy. */
class SpectrumFixtureTest {

    /** Of an eigenvalue, or of a hundredth of the largest where it is smaller than that. */
    private static final double TOLERANCE = 1e-3;

    /** For estimates from squares, which are skewed: outliers are more frequent than for normal ones. */
    private static final double STANDARD_ERRORS = 6.5;

    private static final int SAMPLES = 150;
    /** Two steps are exact for mean and variance. */
    private static final int MOMENTS = 2;

    private final long seed = Seeds.fresh("SpectrumFixtureTest");

    static Stream<Arguments> cases() {
        return SpectrumFixture.all()
                .flatMap(
                        fixture -> Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(fixture, type)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void extremeEigenvaluesAreThoseOfSciPy(SpectrumFixture expected, DataType type) {
        CurvatureOptions options = CurvatureOptions.DEFAULT.withEigenvalues(expected.largest().length);
        options = options.withLanczos(options.eigenvalues().lanczos().withSeed(seed));
        try (CompiledFixture compiled = CompiledFixture.of(expected.fixture(), type);
                CurvatureReport report = Curvature.report(compiled.objective(), compiled.theta(), options)) {
            double scale = 0.01 * expected.largest()[0];
            double rounding = report.convergence().orElseThrow().rounding();
            assertClose(report.largest(), expected.largest(), scale, rounding);
            assertClose(report.smallest(), expected.smallest(), scale, rounding);
        }
    }

    /** A pair at rounding level stays settled, although each restart after that adds some rounding to its product. */
    @ParameterizedTest
    @ValueSource(longs = {18, 1607281343})
    void roundingOfRestartsUnsettlesNoPair(long start) {
        SpectrumFixture expected = SpectrumFixture.all().findFirst().orElseThrow();
        CurvatureOptions options = CurvatureOptions.DEFAULT.withEigenvalues(5);
        options = options.withLanczos(options.eigenvalues().lanczos().withSeed(start));
        try (CompiledFixture compiled = CompiledFixture.of(expected.fixture(), DataType.FLOAT);
                CurvatureReport report = Curvature.report(compiled.objective(), compiled.theta(), options)) {
            assertThat(report.convergence().orElseThrow().stop()).isEqualTo(StopReason.ROUNDING);
        }
    }

    private void assertClose(List<EigenPair> found, double[] expected, double scale, double rounding) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i).value())
                    .as("eigenvalue %d of %s, seed %d", i, Arrays.toString(expected), seed)
                    .isCloseTo(expected[i], within(TOLERANCE * Math.max(Math.abs(expected[i]), scale)));
            // If products have fewer digits than the tolerance requires, no pair converges.
            if (TOLERANCE * Math.abs(expected[i]) > 2 * rounding) {
                assertThat(found.get(i).converged())
                        .as(
                                "eigenvalue %d, residual %g, rounding %g",
                                i, found.get(i).residual(), rounding)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.SpectrumFixture#all")
    void tracesAreWithinTheirStandardErrors(SpectrumFixture expected) {
        withOperator(expected, operator -> {
            TraceEstimate hutchinson = TraceEstimator.hutchinson(operator, SAMPLES, seed);
            TraceEstimate hutchPlusPlus = TraceEstimator.hutchPlusPlus(operator, 10, SAMPLES, seed + 1);
            for (TraceEstimate estimate : List.of(hutchinson, hutchPlusPlus)) {
                assertThat(estimate.value())
                        .as("%s, seed %d", estimate, seed)
                        .isCloseTo(expected.trace(), within(STANDARD_ERRORS * estimate.standardError()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.SpectrumFixture#all")
    void densitiesHaveTheMomentsOfTheSpectrum(SpectrumFixture expected) {
        withOperator(expected, operator -> {
            SpectralDensity density = SpectralDensityEstimator.estimate(
                    operator,
                    SpectralDensityOptions.DEFAULT
                            .withProbes(SAMPLES)
                            .withSteps(MOMENTS)
                            .withSeed(seed));
            double spacing = density.lambda()[1] - density.lambda()[0];
            assertThat(Arrays.stream(density.density()).sum() * spacing).isCloseTo(1, within(1e-12));
            double mean = expected.trace() / operator.dimension();
            assertThat(density.mean())
                    .as("mean, seed %d", seed)
                    .isCloseTo(mean, within(STANDARD_ERRORS * density.meanStandardError()));
            assertThat(density.variance())
                    .as("variance, seed %d", seed)
                    .isCloseTo(
                            expected.squares() / operator.dimension() - mean * mean,
                            within(STANDARD_ERRORS * density.varianceStandardError()));
        });
    }

    /** In single precision, whose error is far below that of the estimates. */
    private static void withOperator(SpectrumFixture expected, Consumer<LinearOperator> check) {
        try (CompiledFixture compiled = CompiledFixture.of(expected.fixture(), DataType.FLOAT);
                LinearOperator hessian = compiled.objective().hessianAt(compiled.theta())) {
            check.accept(hessian);
        }
    }
}
