package org.thalweg.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver layer, on the twin: memory, streams, graphs, and errors that say what to do. */
class DriverTest {

    private CudaContext context;
    private CudaContext.Scope scope;
    /** Resources that other tests in this process have not freed yet. */
    private long held;

    @BeforeEach
    void open() {
        Twin.use();
        held = Twin.allocated();
        context = CudaContext.open(CudaDriver.load().devices().get(0));
        scope = context.enter();
    }

    @AfterEach
    void close() {
        scope.close();
        context.close();
        assertThat(Twin.complaint()).isEmpty();
        assertThat(Twin.allocated()).isLessThanOrEqualTo(held);
    }

    @Test
    void deviceIsDescribed() {
        assertThat(CudaDriver.load().version()).isEqualTo("13.0");
        assertThat(context.device())
                .hasToString("cuda:0 twin on the CPU (compute capability 6.0, 2048 MiB)")
                .matches(CudaDevice::supported);
    }

    @Test
    void graphReplaysWhatWasCaptured() {
        try (DeviceMemory memory = new DeviceMemory(1 << 20);
                CudaStream stream = new CudaStream();
                KernelModule kernels = KernelModule.load()) {
            long x = memory.take(4 * 100);
            float[] values = new float[100];
            values[7] = 3;
            Memory host = new Memory(400);
            host.write(0, values, 0, 100);
            stream.upload(host, x, 400);
            try (CudaGraph graph = stream.capture(() -> doubled(stream, kernels, x, 100))) {
                graph.launch(stream);
                graph.launch(stream);
            }
            stream.download(x, host, 400);
            stream.await();
            assertThat(host.getFloat(4 * 7)).isEqualTo(12);
        }
    }

    private static void doubled(CudaStream stream, KernelModule kernels, long x, int length) {
        int[] shape = {length, 0, 0, 0, 0, 0};
        KernelArguments arguments = new KernelArguments().longs(length).integers(1);
        for (int size : shape) {
            arguments.integers(size);
        }
        for (int operand = 0; operand < 3; operand++) {
            arguments.longs(1, 0, 0, 0, 0, 0);
        }
        arguments.addresses(x, x, x).longs(0, 0, 0).reals(0).integers(2);
        stream.launch(kernels.kernel("arithmetic_float"), new int[] {1, 1, 1}, 128, arguments.pack());
    }

    @Test
    void memoryStaysWithinItsBudget() {
        try (DeviceMemory memory = new DeviceMemory(4096)) {
            long first = memory.take(2048);
            memory.take(2048);
            assertThatThrownBy(() -> memory.take(1))
                    .hasMessage("cuMemAlloc of 256 bytes failed: the budget of 4096 bytes has 0 left (code 2);"
                            + " free memory on the GPU or choose device cpu");
            memory.giveBack(first);
            assertThat(memory.take(2000)).isEqualTo(first);
        }
    }

    @Test
    void fullDeviceIsToldApartFromALostOne() {
        Twin.capacity(1000);
        try (DeviceMemory memory = new DeviceMemory(1 << 20)) {
            assertThatThrownBy(() -> memory.take(2000))
                    .isInstanceOfSatisfying(
                            CudaException.class,
                            e -> assertThat(e.outOfMemory() && e.contextSurvives())
                                    .isTrue())
                    .hasMessage("cuMemAlloc of 2048 bytes failed: CUDA_ERROR_OUT_OF_MEMORY, out of memory (code 2);"
                            + " free memory on the GPU or choose device cpu");
        }
        try (CudaStream stream = new CudaStream()) {
            Twin.fail("cuStreamSynchronize", 1, 700, 1);
            assertThatThrownBy(stream::await)
                    .isInstanceOfSatisfying(
                            CudaException.class,
                            e -> assertThat(e.contextSurvives()).isFalse())
                    .hasMessage("cuStreamSynchronize failed: CUDA_ERROR_ILLEGAL_ADDRESS, an illegal memory access was"
                            + " encountered (code 700); the GPU is unusable for this process from now on: choose"
                            + " device cpu");
            assertThatThrownBy(stream::await).isInstanceOf(CudaException.class);
            Twin.repair();
        }
    }

    @Test
    void ptxIsMadeOfItsSources() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(Path.of("src/main/cuda"))) {
            List<Path> sources = files.filter(file -> file.toString().matches(".*\\.(cu|h)"))
                    .sorted()
                    .toList();
            assertThat(sources).hasSizeGreaterThan(5);
            for (Path source : sources) {
                digest.update(Files.readAllBytes(source));
            }
        }
        assertThat(KernelModule.ptx().lines().findFirst())
                .as("run src/main/cuda/build")
                .hasValue("// sources: " + HexFormat.of().formatHex(digest.digest()));
        assertThat(KernelModule.ptx()).contains(".target sm_60").contains(".version 6.0");
    }
}
