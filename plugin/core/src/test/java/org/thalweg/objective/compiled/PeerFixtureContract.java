package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thalweg.objective.compiled.FixtureSemanticsTest.distance;

import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks that a test builds by name, with weights, loss, gradient and product from another program's fixtures. A
 * subclass has a static method {@code cases()} with the fixtures.
 */
abstract class PeerFixtureContract {

    /** The network of a fixture, without its weights. */
    abstract Model network(Fixture fixture, DataType type);

    @ParameterizedTest
    @MethodSource("cases")
    final void doublePrecision(Fixture fixture) {
        try (CompiledFixture compiled = compiled(fixture, DataType.DOUBLE)) {
            expectLoss(compiled, 1e-10);
            assertThat(distance(compiled.gradient(), fixture.flatten(fixture.gradient())))
                    .as("gradient of %s", fixture)
                    .isLessThan(1e-9);
            expectProduct(compiled, 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    final void singlePrecision(Fixture fixture) {
        try (CompiledFixture compiled = compiled(fixture, DataType.FLOAT)) {
            expectLoss(compiled, 1e-5);
            expectProduct(compiled, 1e-3);
        }
    }

    private CompiledFixture compiled(Fixture fixture, DataType type) {
        Model model = network(fixture, type);
        fixture.weights().forEach((key, value) -> {
            INDArray array = model.getParam(key);
            array.assign(value.castTo(array.dataType()).reshape('c', array.shape()));
        });
        return CompiledFixture.of(fixture, model, type);
    }

    private static void expectLoss(CompiledFixture compiled, double tolerance) {
        Fixture fixture = compiled.fixture();
        assertThat(compiled.objective().evaluate(compiled.theta()).loss())
                .as("loss of %s", fixture)
                .isCloseTo(fixture.loss(), within(tolerance * fixture.loss()));
    }

    private static void expectProduct(CompiledFixture compiled, double tolerance) {
        Fixture fixture = compiled.fixture();
        assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                .as("Hessian-vector product of %s", fixture)
                .isLessThan(tolerance);
    }
}
