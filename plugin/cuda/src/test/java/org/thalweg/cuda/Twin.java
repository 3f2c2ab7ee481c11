package org.thalweg.cuda;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.testing.Peers;

/**
 * The twin of libcuda on the CPU, which replaces the driver; g++ compiles it from the kernels' sources once per build.
 */
final class Twin {

    private static final Path SOURCES = Path.of("src/main/cuda");
    private static final Path LIBRARY = Path.of("target/twin/libtwin.so").toAbsolutePath();

    private static @Nullable Controls controls;

    private Twin() {}

    /** The twin's functions beyond libcuda's. */
    interface Controls extends Library {
        void twin_order(int how, long seed);

        void twin_fail(String call, int n, int code, int times);

        long twin_allocated();

        long twin_handles();

        long twin_launches();

        long twin_launches_on(int device);

        long twin_calls(String call);

        void twin_devices(int n);

        void twin_capacity(long bytes);

        void twin_complaint(byte[] text, int length);
    }

    /** The order of threads and blocks. */
    enum Order {
        NATURAL(0),
        REVERSED(1),
        SHUFFLED(2);

        private final int code;

        Order(int code) {
            this.code = code;
        }
    }

    private static synchronized Controls controls() {
        if (controls == null) {
            build();
            System.setProperty(CudaDriver.LIBRARY, LIBRARY.toString());
            controls = Native.loadLibrary(LIBRARY.toString(), Controls.class);
        }
        return controls;
    }

    /** Makes {@link CudaDriver} load the twin, without faults and in natural order. */
    static void use() {
        controls().twin_fail("", 0, 0, 0);
        controls().twin_capacity(1L << 31);
        controls().twin_devices(1);
        order(Order.NATURAL, 1);
        complaint();
    }

    static void order(Order order, long seed) {
        controls().twin_order(order.code, seed);
    }

    /** Makes the n-th call from now on to a function, "*" for any, return a code, and the n-th one after it, and so on. */
    static void fail(String call, int n, int code, int times) {
        controls().twin_fail(call, n, code, times);
    }

    /** Cancels all faults. */
    static void repair() {
        controls().twin_fail("", 0, 0, 0);
    }

    static long allocated() {
        return controls().twin_allocated();
    }

    /** The number of open modules, streams and graphs. */
    static long handles() {
        return controls().twin_handles();
    }

    /** The number of kernels that have run in this process. */
    static long launches() {
        return controls().twin_launches();
    }

    /** The number of kernels that a device has run in this process. */
    static long launches(int device) {
        return controls().twin_launches_on(device);
    }

    /** The number of calls to a function in this process. */
    static long calls(String call) {
        return controls().twin_calls(call);
    }

    /** Makes the driver see several devices. */
    static void devices(int n) {
        controls().twin_devices(n);
    }

    static void capacity(long bytes) {
        controls().twin_capacity(bytes);
    }

    /** The first error of a kernel that a GPU could not tolerate; empty for none. */
    static String complaint() {
        byte[] text = new byte[512];
        controls().twin_complaint(text, text.length);
        return Native.toString(text, StandardCharsets.UTF_8.name());
    }

    /** Skips the test if there is no g++, unless peers are required. */
    private static void build() {
        try {
            Files.createDirectories(LIBRARY.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the twin of libcuda", e);
        }
        // The first of several processes that test compiles it.
        try (FileChannel channel = FileChannel.open(
                        LIBRARY.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (upToDate()) {
                return;
            }
            Path part = LIBRARY.resolveSibling("libtwin.part.so");
            List<String> options = List.of(
                    "-std=c++17",
                    "-O3",
                    "-march=native",
                    "-DTWIN",
                    "-ffp-contract=off",
                    "-U_FORTIFY_SOURCE",
                    "-Wno-unknown-pragmas",
                    "-fPIC",
                    "-shared");
            List<String> files =
                    List.of("-x", "c++", "src/main/cuda/kernels.cu", "src/test/cuda/twin.cc", "-o", part.toString());
            Peers.program("g++", Stream.concat(options.stream(), files.stream()).toList(), "");
            Files.move(part, LIBRARY, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the twin of libcuda", e);
        }
    }

    private static boolean upToDate() throws IOException {
        if (!Files.exists(LIBRARY)) {
            return false;
        }
        long built = Files.getLastModifiedTime(LIBRARY).toMillis();
        for (Path folder : List.of(SOURCES, Path.of("src/test/cuda"))) {
            try (var files = Files.list(folder)) {
                if (files.anyMatch(file -> file.toFile().lastModified() > built)) {
                    return false;
                }
            }
        }
        return true;
    }
}
