package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.cuda.OnTwin;
import org.thalweg.cuda.TwinMemory;
import org.thalweg.objective.Device;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/** Whole objectives on a GPU compared with ND4J: all fixtures, in both precisions. */
@ExtendWith(OnTwin.class)
class AgreementTest {

    private static final double[][] POINTS = {{0, 0}, {0.3, -0.7}, {-0.2, 0.1}};

    /** The numbers of an objective at a fixture's weights. */
    private record Found(
            ObjectiveValue value, ObjectiveValue[] onPlane, INDArray gradient, INDArray product, INDArray gaussNewton) {

        static Found of(Fixture fixture, DataType type, Device device) {
            Model model = FixtureNetwork.of(fixture, type);
            try (CompiledFixture compiled = CompiledFixture.of(fixture, model, type, device)) {
                Objective objective = compiled.objective();
                INDArray theta = compiled.theta();
                INDArray gradient = objective.gradient(theta);
                INDArray product = compiled.product(objective.hessianAt(theta));
                INDArray gaussNewton =
                        compiled.product(objective.gaussNewtonAt(theta).orElseThrow());
                Parameterization plane = Parameterization.linear(unit(gradient), unit(product));
                try (Slice slice = objective.slice(theta, plane)) {
                    ObjectiveValue[] together = slice.evaluate(POINTS);
                    ObjectiveValue[] alone = slice.evaluate(new double[][] {POINTS[2]});
                    assertThat(alone).as("a point of %s alone", fixture).containsExactly(together[2]);
                    return new Found(objective.evaluate(theta), together, gradient, product, gaussNewton);
                }
            }
        }

        /** All numbers, to compare their bits. */
        double[] numbers() {
            return Stream.of(
                            Stream.of(value).mapToDouble(ObjectiveValue::loss),
                            Arrays.stream(onPlane).mapToDouble(ObjectiveValue::loss),
                            Arrays.stream(gradient.dup().data().asDouble()),
                            Arrays.stream(product.dup().data().asDouble()),
                            Arrays.stream(gaussNewton.dup().data().asDouble()))
                    .flatMapToDouble(numbers -> numbers)
                    .toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void devicesAgree(Fixture fixture) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            boolean exact = type == DataType.DOUBLE;
            Found expected = Found.of(fixture, type, Device.CPU);
            TwinMemory before = TwinMemory.now();
            Found found = Found.of(fixture, type, Device.of("cuda"));
            if (!exact) {
                Found again = Found.of(fixture, type, Device.of("cuda:0"));
                assertThat(again.numbers()).as("a second run of %s", fixture).isEqualTo(found.numbers());
            }
            assertThat(TwinMemory.now()).as("what is left of %s", fixture).isEqualTo(before);
            String what = fixture + " in " + type;
            double values = exact ? rounding(fixture) : 1e-5;
            close(what, found.value(), expected.value(), values);
            for (int i = 0; i < POINTS.length; i++) {
                close(what, found.onPlane()[i], expected.onPlane()[i], values);
            }
            // The variance of a batch of four loses digits in single precision on any device.
            boolean statistics = fixture.options().mode() == ObjectiveMode.BATCH;
            double products = exact ? rounding(fixture) : statistics ? 1e-3 : 1e-4;
            Contract.assertClose("gradient of " + what, found.gradient(), expected.gradient(), products);
            Contract.assertClose("product of " + what, found.product(), expected.product(), products);
            Contract.assertClose("Gauss-Newton of " + what, found.gaussNewton(), expected.gaussNewton(), products);
        }
    }

    /** ND4J has some constants of activations only in single precision. */
    private static double rounding(Fixture fixture) {
        return fixture.tolerance() > 1e-8 ? fixture.tolerance() : 1e-12;
    }

    private static INDArray unit(INDArray vector) {
        return vector.div(Contract.norm(vector));
    }

    private static void close(String what, ObjectiveValue found, ObjectiveValue expected, double share) {
        assertThat(found.loss())
                .as("loss of %s", what)
                .isCloseTo(expected.loss(), within(share * Math.abs(expected.loss())));
        assertThat(found.accuracy()).as("accuracy of %s", what).isEqualTo(expected.accuracy());
    }
}
