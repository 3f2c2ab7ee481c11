package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.cuda.OnTwin;
import org.thalweg.cuda.TwinFaults;
import org.thalweg.cuda.TwinMemory;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.VectorBatch;
import org.thalweg.objective.Device;
import org.thalweg.objective.DeviceException;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Blocks of points and of vectors on several GPUs have the bits of one. */
@ExtendWith(OnTwin.class)
class SeveralDevicesTest {

    private final long seed = Seeds.fresh("SeveralDevicesTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void sharesOfFixturesHaveTheBitsOfOneDevice() {
        List<Fixture> fixtures = new ArrayList<>(Fixture.all().toList());
        Collections.shuffle(fixtures, new Random(seed));
        for (Fixture fixture : fixtures.subList(0, 12)) {
            DataType type = random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE;
            Model model = FixtureNetwork.of(fixture, type);
            double[][] points = random.doubles(2L * random.nextInt(2, 40), -1, 1)
                    .boxed()
                    .map(x -> new double[] {x, x * x})
                    .toArray(double[][]::new);
            int vectors = random.nextInt(2, 7);
            TwinFaults.devices(random.nextInt(2, 4));
            TwinMemory before = TwinMemory.now();
            try (CompiledFixture one = CompiledFixture.of(fixture, model, type, Device.of("cuda:0"));
                    CompiledFixture all = CompiledFixture.of(fixture, model, type, Device.of("cuda"))) {
                INDArray theta = one.theta();
                long launches = TwinFaults.launches(1);
                assertThat(values(all.objective(), theta, points))
                        .as("%s", fixture)
                        .containsExactly(values(one.objective(), theta, points));
                // A penalty is added in the host's memory, so its surface and products stay with the first device.
                boolean shared = !fixture.options().regularized();
                if (shared) {
                    assertThat(TwinFaults.launches(1))
                            .as("points of %s", fixture)
                            .isGreaterThan(launches);
                }
                launches = TwinFaults.launches(1);
                assertThat(products(all.objective(), theta, vectors))
                        .as("%s", fixture)
                        .isEqualTo(products(one.objective(), theta, vectors));
                if (shared) {
                    assertThat(TwinFaults.launches(1))
                            .as("products of %s", fixture)
                            .isGreaterThan(launches);
                }
            }
            assertThat(TwinMemory.now()).as("what is left of %s", fixture).isEqualTo(before);
        }
    }

    private static ObjectiveValue[] values(Objective objective, INDArray theta, double[][] points) {
        INDArray gradient = objective.gradient(theta);
        try (Slice slice = objective.slice(theta, Parameterization.linear(gradient, theta))) {
            return slice.evaluate(points);
        }
    }

    /** Products with random vectors, of the Hessian and of the Gauss-Newton matrix. */
    private double[] products(Objective objective, INDArray theta, int count) {
        INDArray rows = Nd4j.createFromArray(new SplittableRandom(seed)
                        .doubles(count * theta.length(), -1, 1)
                        .toArray())
                .reshape(count, theta.length())
                .castTo(theta.dataType());
        try (LinearOperator hessian = objective.hessianAt(theta);
                LinearOperator positive = objective.gaussNewtonAt(theta).orElseThrow()) {
            return Stream.of(hessian, positive)
                    .flatMapToDouble(operator -> {
                        try (VectorBatch vectors = operator.space().batch(rows.dup());
                                VectorBatch products = operator.multiply(vectors)) {
                            return Arrays.stream(numbers(operator, products));
                        }
                    })
                    .toArray();
        }
    }

    private static double[] numbers(LinearOperator operator, VectorBatch batch) {
        double[] all = {};
        for (int i = 0; i < batch.size(); i++) {
            var copy = operator.space().create();
            operator.space().assign(batch.get(i), copy);
            double[] more = operator.space().toArray(copy).dup().data().asDouble();
            int from = all.length;
            all = Arrays.copyOf(all, from + more.length);
            System.arraycopy(more, 0, all, from, more.length);
        }
        return all;
    }

    @Test
    void newMiniBatchesReachAllDevices() {
        TwinFaults.devices(2);
        Model network = Networks.mlp(DataType.DOUBLE, seed);
        Probe first = Converted.probe(Probe.of(Networks.data(12, seed, 6)), DataType.DOUBLE);
        Probe second = Converted.probe(Probe.of(Networks.data(12, seed + 1, 6)), DataType.DOUBLE);
        double[][] points =
                random.doubles(9, -1, 1).mapToObj(x -> new double[] {x, 1 - x}).toArray(double[][]::new);
        try (Objective all = CompiledObjective.of(network, first, ObjectiveOptions.DEFAULT, Device.of("cuda"));
                Objective one = CompiledObjective.of(network, second, ObjectiveOptions.DEFAULT, Device.of("cuda:0"))) {
            INDArray theta = all.layout().pack(network.params());
            ObjectiveValue[] before = values(all, theta, points);
            Objective moved = all.withMiniBatch(second);
            assertThat(values(moved, theta, points))
                    .as("seed %d", seed)
                    .containsExactly(values(one, theta, points))
                    .doesNotContainSequence(before);
        }
    }

    @Test
    void aDeviceThatDoesNotOpenTakesNoShare() {
        TwinFaults.devices(2);
        Model network = Networks.mlp(DataType.DOUBLE, seed);
        Probe probe = Converted.probe(Probe.of(Networks.data(12, seed, 6)), DataType.DOUBLE);
        TwinFaults.fail("cuDevicePrimaryCtxRetain", 2, 101);
        try (Objective some = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.of("cuda"))) {
            assertThat(some.placement().device())
                    .hasValueSatisfying(
                            device -> assertThat(device).contains("cuda:0").doesNotContain("cuda:1"));
            assertThat(some.placement().failures()).hasValue(0);
        }
        try (Objective both = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.of("cuda"))) {
            assertThat(both.placement().device())
                    .hasValueSatisfying(
                            device -> assertThat(device).contains("cuda:0").contains("cuda:1"));
        }
        try (Objective any = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            assertThat(any.placement().device())
                    .hasValueSatisfying(
                            device -> assertThat(device).contains("cuda:0").doesNotContain("cuda:1"));
        }
    }

    /** A failure names its device, wherever it happens, and the other one goes on. */
    @Test
    void theDeviceThatFailedIsLeftOut() {
        TwinFaults.devices(2);
        Model network = Networks.mlp(DataType.DOUBLE, seed);
        Probe probe = Converted.probe(Probe.of(Networks.data(12, seed, 6)), DataType.DOUBLE);
        double[][] points =
                random.doubles(9, -1, 1).mapToObj(x -> new double[] {x, 1 - x}).toArray(double[][]::new);
        try (Objective all = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.of("cuda"))) {
            INDArray theta = all.layout().pack(network.params());
            ObjectiveValue[] expected = values(all, theta, points);
            int shared = random.nextInt(2);
            assertThatThrownBy(() -> loseInEvaluation(all, theta, points, 1 + shared))
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            failure ->
                                    assertThat(all.placement().recover(failure)).isTrue());
            assertThat(all.placement().failures()).hasValue(1);
            assertThat(all.placement().device().orElseThrow()).doesNotContain(";");
            assertThat(values(all, theta, points)).as("seed %d", seed).containsExactly(expected);
        }
    }

    private static void loseInEvaluation(Objective objective, INDArray theta, double[][] points, int n) {
        INDArray gradient = objective.gradient(theta);
        try (Slice slice = objective.slice(theta, Parameterization.linear(gradient, theta))) {
            TwinFaults.fail("cuGraphLaunch", n, 719);
            slice.evaluate(points);
        }
    }
}
