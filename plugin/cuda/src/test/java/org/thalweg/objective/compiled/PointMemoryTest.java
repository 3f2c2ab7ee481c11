package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.executor.PointMemory;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.testing.Seeds;

/** Tapes of values and gradients at several points at once have the bits of one point after another. */
@ExtendWith(OnTwin.class)
class PointMemoryTest {

    private final SplittableRandom random = new SplittableRandom(Seeds.fresh("PointMemoryTest"));

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void pointsTogetherHaveTheBitsOfPointsAlone(Fixture fixture) {
        DataType type = random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE;
        Model model = FixtureNetwork.of(fixture, type);
        TwinMemory before = TwinMemory.now();
        CompiledNetwork network =
                CompiledNetwork.of(model, CompiledFixture.probe(fixture, type), fixture.options(), Device.of("cuda"));
        INDArray theta = network.program().layout().pack(model.params());
        try (ExecutionPlan plan = network.newPlan(EvaluationKind.GRADIENT)) {
            plan.moveTo(theta, model.params());
            compare(plan, (DeviceExecutor) plan.executor(), theta, fixture.name());
        } finally {
            network.release();
        }
        assertThat(TwinMemory.now()).as("what is left of %s", fixture).isEqualTo(before);
    }

    private void compare(ExecutionPlan plan, DeviceExecutor device, INDArray theta, String what) {
        Tape tape = plan.valueTape();
        Set<Buffer> written = new LinkedHashSet<>(List.of(plan.point().buffer()));
        tape.instructions().stream()
                .map(Instruction::outputs)
                .flatMap(List::stream)
                .map(Tensor::buffer)
                .forEach(written::add);
        int points = random.nextInt(2, 5);
        PointMemory memory = new PointMemory(written, points);
        for (int point = 0; point < points; point++) {
            device.copy(plan.results(), memory.at(plan.results(), point));
            device.upload(theta.mul(1 + 0.01 * point), memory.at(plan.point(), point));
        }
        List<double[]> together;
        try (BoundTape bound = device.bind(tape, memory, points)) {
            bound.run();
            together = results(plan, device, memory, points);
        }
        try (BoundTape bound = device.bind(memory.unrolled(tape, points))) {
            bound.run();
            List<double[]> alone = results(plan, device, memory, points);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i)).as("%s, array %d", what, i).isEqualTo(alone.get(i));
            }
        } finally {
            device.free(memory.wholes());
        }
        assertThat(together.get(0)).as("%s at another point", what).isNotEqualTo(together.get(2));
    }

    /** Losses and gradients of all points, which are then overwritten. */
    private static List<double[]> results(ExecutionPlan plan, DeviceExecutor device, PointMemory memory, int points) {
        Tensor gradient = plan.parameters().vector(ParameterStore.Role.GRADIENT);
        List<double[]> found = IntStream.range(0, points)
                .boxed()
                .flatMap(point -> Stream.of(memory.at(plan.results(), point), memory.at(gradient, point)))
                .map(device::download)
                .toList();
        for (int point = 0; point < points; point++) {
            device.upload(new double[(int) gradient.length()], memory.at(gradient, point));
            device.copy(plan.results(), memory.at(plan.results(), point));
        }
        return found;
    }
}
