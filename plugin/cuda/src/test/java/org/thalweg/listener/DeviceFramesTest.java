package org.thalweg.listener;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.cuda.OnTwin;
import org.thalweg.cuda.TwinFaults;
import org.thalweg.cuda.TwinMemory;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.metrics.MeterNames;
import org.thalweg.objective.Device;
import org.thalweg.testing.Seeds;

/** Frames computed on a GPU, and on a GPU that fails: no frame is lost, and training is not affected. */
@ExtendWith(OnTwin.class)
class DeviceFramesTest extends TrainingFixture {

    private static final int EPOCHS = 2;

    private static List<Frame> ofCpu = List.of();
    private static List<Frame> ofOneDevice = List.of();

    private final SplittableRandom random = new SplittableRandom(Seeds.fresh("DeviceFramesTest"));

    @Test
    void aDevicesFramesAreTheCpus() {
        List<Frame> expected = expected();
        TwinMemory before = TwinMemory.now();
        List<Frame> found = watched(Device.of("cuda"), () -> {});
        agree(found, expected);
        assertThat(found).allSatisfy(frame -> assertThat(failures(frame)).isZero());
        assertThat(expected)
                .as("without a device there is nothing to count")
                .allSatisfy(frame -> assertThat(frame.quantities()).doesNotContainKey("device_failures"));
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "cuGraphLaunch, 719",
        "cuGraphLaunch, 1",
        "cuStreamSynchronize, 702",
        "cuStreamSynchronize, 700",
        "cuMemcpyHtoDAsync, 999",
        "cuMemcpyDtoHAsync, 719",
        "cuLaunchKernel, 1",
        "cuGraphInstantiateWithFlags, 901",
        "cuCtxPushCurrent, 201",
        "*, 719"
    })
    void aDeviceThatFailsInMidFrameCostsNoFrame(String call, int code) {
        List<Frame> expected = expected();
        TwinMemory before = TwinMemory.now();
        int n = random.nextInt(1, call.equals("cuGraphInstantiateWithFlags") ? 4 : 20);
        List<Frame> found = watched(Device.of("cuda"), () -> TwinFaults.fail(call, n, code));
        assertThat(failures(found.get(0))).as("before the failure").isZero();
        agree(found, expected);
        for (int i = 1; i < found.size(); i++) {
            assertThat(failures(found.get(i))).as("failures by frame %d", i).isEqualTo(1);
            assertThat(found.get(i).surface().loss())
                    .as("frame %d, all of it computed by the CPU", i)
                    .isDeepEqualTo(expected.get(i).surface().loss());
            assertThat(found.get(i).curvature().lambdaMax())
                    .isEqualTo(expected.get(i).curvature().lambdaMax());
        }
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
        assertThat(registry.get(MeterNames.QUANTITY.meterName())
                        .tag("name", "device_failures")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void severalDevicesFramesAreThoseOfOne() {
        TwinFaults.devices(2);
        long[] launches = {TwinFaults.launches(0), TwinFaults.launches(1)};
        TwinMemory before = TwinMemory.now();
        List<Frame> found = watched(Device.of("cuda"), () -> {});
        sameBits(found, ofOneDevice());
        assertThat(found).allSatisfy(frame -> assertThat(failures(frame)).isZero());
        assertThat(TwinFaults.launches(0)).as("kernels on the first device").isGreaterThan(launches[0]);
        assertThat(TwinFaults.launches(1)).as("kernels on the second device").isGreaterThan(launches[1]);
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "cuGraphLaunch, 719",
        "cuGraphLaunch, 1",
        "cuStreamSynchronize, 700",
        "cuMemcpyDtoHAsync, 719",
        "cuLaunchKernel, 1",
        "cuGraphInstantiateWithFlags, 901",
        "cuDevicePrimaryCtxRelease, 719",
        "*, 719"
    })
    void oneOfTwoDevicesThatFailsLeavesTheOther(String call, int code) {
        List<Frame> expected = ofOneDevice();
        TwinFaults.devices(2);
        TwinMemory before = TwinMemory.now();
        int n = call.equals("cuDevicePrimaryCtxRelease") ? 1 : random.nextInt(1, 12);
        List<Frame> found = watched(Device.of("cuda"), () -> TwinFaults.fail(call, n, code));
        sameBits(found, expected);
        // A context that is released late fails when nothing is left to compute.
        int failures = call.equals("cuDevicePrimaryCtxRelease") ? 0 : 1;
        for (int i = 1; i < found.size(); i++) {
            assertThat(failures(found.get(i))).as("failures by frame %d", i).isEqualTo(failures);
        }
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"cuGraphLaunch, 719", "cuStreamSynchronize, 702", "cuMemcpyHtoDAsync, 999", "*, 700"})
    void twoDevicesThatFailLeaveTheCpu(String call, int code) {
        List<Frame> expected = expected();
        TwinFaults.devices(2);
        TwinMemory before = TwinMemory.now();
        int n = random.nextInt(1, 6);
        List<Frame> found = watched(Device.of("cuda"), () -> TwinFaults.fail(call, n, code, 2));
        agree(found, expected);
        for (int i = 1; i < found.size(); i++) {
            assertThat(failures(found.get(i))).as("failures by frame %d", i).isEqualTo(2);
            assertThat(found.get(i).surface().loss())
                    .as("frame %d, all of it computed by the CPU", i)
                    .isDeepEqualTo(expected.get(i).surface().loss());
        }
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
    }

    /** Of two devices, too, whichever of the allocations it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anyAllocationMayFail(int devices) {
        List<Frame> expected = expected();
        TwinFaults.devices(devices);
        TwinMemory before = TwinMemory.now();
        long sofar = TwinFaults.calls("cuMemAlloc");
        watched(Device.of("cuda"), () -> {});
        int allocations = (int) (TwinFaults.calls("cuMemAlloc") - sofar);
        for (int n : new int[] {1, random.nextInt(2, allocations)}) {
            TwinFaults.fail("cuMemAlloc", n, 2);
            List<Frame> found = watched(Device.of("cuda"), () -> {});
            agree(found, expected);
            // With memory in reserve, giving it back may be enough.
            assertThat(failures(found.get(found.size() - 1)))
                    .as("failures, allocation %d of %d", n, allocations)
                    .isBetween(n == 1 ? 1.0 : 0, 1.0);
            assertThat(TwinMemory.now()).as("what is left, allocation %d", n).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 15})
    void aDeviceThatRunsOutOfMemoryOnceGoesOnWithSmallerBatches(int n) {
        List<Frame> expected = expected();
        TwinMemory before = TwinMemory.now();
        TwinFaults.fail("cuMemAlloc", n, 2);
        List<Frame> found = watched(Device.of("cuda"), () -> {});
        agree(found, expected);
        assertThat(found).allSatisfy(frame -> assertThat(failures(frame)).isEqualTo(1));
        assertThat(TwinMemory.now()).as("what is left").isEqualTo(before);
    }

    @Test
    void aDeviceWithTooLittleMemoryIsGivenUp() {
        List<Frame> expected = expected();
        TwinFaults.capacity(6000);
        List<Frame> found = watched(Device.of("cuda"), () -> {});
        agree(found, expected);
        assertThat(failures(found.get(0))).isBetween(1.0, 4.0);
        assertThat(found.get(found.size() - 1).surface().loss())
                .isDeepEqualTo(expected.get(found.size() - 1).surface().loss());
    }

    @Test
    void aDeviceThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> builder(network()).device(Device.of("cuda:7")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no device cuda:7; the driver sees [cuda:0 twin on the CPU (compute capability 6.0,"
                                + " 2048 MiB)]");
        assertThatThrownBy(() -> builder(network()).device(Device.of("abacus")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device abacus needs a jar that brings it");
    }

    /** The frames that one device computes. */
    private List<Frame> ofOneDevice() {
        if (ofOneDevice.isEmpty()) {
            ofOneDevice = watched(Device.of("cuda:0"), () -> {});
        }
        return ofOneDevice;
    }

    private static void sameBits(List<Frame> found, List<Frame> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).surface().loss())
                    .as("surface of frame %d", i)
                    .isDeepEqualTo(expected.get(i).surface().loss());
            assertThat(ends(found.get(i))).as("eigenvalues of frame %d", i).isEqualTo(ends(expected.get(i)));
        }
    }

    /** The frames that the CPU computes. */
    private List<Frame> expected() {
        if (ofCpu.isEmpty()) {
            ofCpu = watched(Device.CPU, () -> {});
        }
        return ofCpu;
    }

    /** The frames of a watched training, which must end with the same parameters as an unwatched one. */
    private List<Frame> watched(Device device, Runnable afterTheFirstFrame) {
        events.frames.clear();
        MultiLayerNetwork network = network();
        try (LandscapeListener listener = builder(network).device(device).build()) {
            network.addListeners(listener);
            afterTheFirstFrame.run();
            fit(network, EPOCHS);
        }
        TwinFaults.repair();
        assertThat(events.troubles).as("skipped and failed frames").isEmpty();
        assertThat(events.iterations()).containsExactly(0L, 5L, 10L);
        unharmed(network, EPOCHS);
        return new ArrayList<>(events.frames);
    }

    private static double failures(Frame frame) {
        return requireNonNull(frame.quantities().get("device_failures"));
    }

    private static void agree(List<Frame> found, List<Frame> expected) {
        for (int i = 0; i < expected.size(); i++) {
            Frame one = found.get(i);
            Frame other = expected.get(i);
            assertThat(numbers(one.surface().loss()))
                    .as("surface of frame %d", i)
                    .containsExactly(numbers(other.surface().loss()), within(1e-5));
            assertThat(one.surface().accuracy().orElseThrow())
                    .isDeepEqualTo(other.surface().accuracy().orElseThrow());
            double scale = Math.abs(other.curvature().lambdaMax().orElseThrow().value());
            double[] ends = ends(one);
            assertThat(ends).as("eigenvalues of frame %d", i).containsExactly(ends(other), within(1e-4 * scale));
        }
    }

    private static double[] ends(Frame frame) {
        return Stream.of(frame.curvature().lambdaMax(), frame.curvature().lambdaMin())
                .mapToDouble(end -> end.map(Eigenvalue::value).orElseThrow())
                .toArray();
    }

    private static double[] numbers(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
