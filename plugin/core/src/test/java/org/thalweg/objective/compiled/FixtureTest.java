package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thalweg.objective.compiled.FixtureSemanticsTest.distance;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.ObjectiveValue;

/** The compiled objective against PyTorch's automatic differentiation. */
class FixtureTest {

    /** Relative error of a mean over a few terms in single precision. */
    private static final double FLOAT_LOSS = 1e-5;
    /** Second derivatives in single precision: a few hundred roundings of 6e-8, and cancellation. */
    private static final double FLOAT_PRODUCT = 1e-3;

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void doublePrecision(Fixture fixture) {
        try (CompiledFixture compiled = CompiledFixture.of(fixture, DataType.DOUBLE)) {
            ObjectiveValue value = compiled.objective().evaluate(compiled.theta());
            assertThat(value.loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(fixture.tolerance() * Math.abs(fixture.loss())));
            fixture.accuracy()
                    .ifPresent(accuracy -> assertThat(value.accuracyOrNaN())
                            .as("accuracy of %s", fixture)
                            .isCloseTo(accuracy, within(1e-9)));
            assertThat(distance(compiled.gradient(), fixture.flatten(fixture.gradient())))
                    .as("gradient of %s", fixture)
                    .isLessThan(10 * fixture.tolerance());
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(10 * fixture.tolerance());
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void singlePrecision(Fixture fixture) {
        try (CompiledFixture compiled = CompiledFixture.of(fixture, DataType.FLOAT)) {
            assertThat(compiled.objective().evaluate(compiled.theta()).loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(FLOAT_LOSS * Math.abs(fixture.loss())));
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(FLOAT_PRODUCT);
        }
    }

    /** Those small enough for a dense Hessian. */
    static Stream<Fixture> dense() {
        return Fixture.all().filter(fixture -> fixture.eigenvalues().length == 2);
    }

    @ParameterizedTest
    @MethodSource("dense")
    void extremeEigenvalues(Fixture fixture) {
        double scale = Arrays.stream(fixture.eigenvalues()).map(Math::abs).max().orElseThrow();
        try (CompiledFixture compiled = CompiledFixture.of(fixture, DataType.DOUBLE)) {
            double[] values = new EigenDecomposition(compiled.denseHessian()).getRealEigenvalues();
            Arrays.sort(values);
            assertThat(new double[] {values[0], values[values.length - 1]})
                    .as("smallest and largest eigenvalue of %s", fixture)
                    .containsExactly(fixture.eigenvalues(), within(10 * fixture.tolerance() * scale));
        }
    }
}
