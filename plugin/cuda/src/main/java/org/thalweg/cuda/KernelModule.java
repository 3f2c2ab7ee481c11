package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The kernels, compiled by the driver for its device from PTX for compute capability 6.0. The context must be current.
 * Confined to one thread at a time.
 */
final class KernelModule implements AutoCloseable {

    static final String RESOURCE = "kernels.ptx";

    private static final int ERROR_LOG = 5;
    private static final int ERROR_LOG_BYTES = 6;
    private static final int LOG_BYTES = 8192;

    private final Pointer handle;
    private final Map<String, Kernel> kernels = new HashMap<>();
    private boolean open = true;

    private KernelModule(Pointer handle) {
        this.handle = handle;
    }

    /** A kernel's name and the driver's handle of it. */
    record Kernel(String name, Pointer function) {}

    static KernelModule load() {
        byte[] ptx = read();
        Memory image = new Memory(ptx.length + 1L);
        image.write(0, ptx, 0, ptx.length);
        image.setByte(ptx.length, (byte) 0);
        Memory log = new Memory(LOG_BYTES);
        log.clear();
        Memory names = new Memory(2L * Integer.BYTES);
        names.setInt(0, ERROR_LOG);
        names.setInt(Integer.BYTES, ERROR_LOG_BYTES);
        Memory values = new Memory(2L * Long.BYTES);
        values.setPointer(0, log);
        values.setLong(Long.BYTES, LOG_BYTES);
        PointerByReference module = new PointerByReference();
        int result = LibCuda.cuModuleLoadDataEx(module, image, 2, names, values);
        check("cuModuleLoadDataEx" + complaint(log.getString(0)), result);
        return new KernelModule(module.getValue());
    }

    private static String complaint(String log) {
        return log.isBlank() ? "" : " (" + log.strip().lines().findFirst().orElse("") + ")";
    }

    private static byte[] read() {
        try (InputStream in = KernelModule.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** The kernel with a name. */
    Kernel kernel(String name) {
        return kernels.computeIfAbsent(name, n -> {
            PointerByReference function = new PointerByReference();
            check("cuModuleGetFunction of " + n, LibCuda.cuModuleGetFunction(function, handle, n));
            return new Kernel(n, function.getValue());
        });
    }

    /** The text of the PTX, for tests. */
    static String ptx() {
        return new String(read(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            LibCuda.cuModuleUnload(handle);
        }
    }
}
