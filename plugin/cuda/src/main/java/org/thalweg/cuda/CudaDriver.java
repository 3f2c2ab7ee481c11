package org.thalweg.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.internal.FirstLine;

/**
 * The CUDA driver of this machine, loaded once per process. All methods are safe to call from any thread.
 *
 * <p>The library is {@code libcuda.so.1} ({@code nvcuda.dll} on Windows), which the NVIDIA driver installs; the system
 * property {@value #LIBRARY} names another file.
 */
final class CudaDriver {

    /** System property: path of a driver library that replaces the installed one. */
    static final String LIBRARY = "thalweg.cuda.library";

    private static @Nullable CudaDriver loaded;
    private static @Nullable String failure;

    private final int version;

    private CudaDriver(int version) {
        this.version = version;
    }

    /**
     * The driver.
     *
     * @throws CudaUnavailableException if there is no driver, or it does not start
     */
    static synchronized CudaDriver load() {
        if (failure != null) {
            throw new CudaUnavailableException(failure);
        }
        if (loaded == null) {
            try {
                loaded = start();
            } catch (CudaUnavailableException e) {
                failure = e.getMessage();
                throw e;
            }
        }
        return loaded;
    }

    private static CudaDriver start() {
        String library = System.getProperty(LIBRARY, Platform.isWindows() ? "nvcuda" : "libcuda.so.1");
        try {
            LibCuda.bind(NativeLibrary.getInstance(library));
        } catch (UnsatisfiedLinkError e) {
            throw new CudaUnavailableException("no CUDA driver: cannot load " + library + " (" + FirstLine.of(e) + ")");
        }
        try {
            check("cuInit", LibCuda.cuInit(0));
            IntByReference version = new IntByReference();
            check("cuDriverGetVersion", LibCuda.cuDriverGetVersion(version));
            return new CudaDriver(version.getValue());
        } catch (CudaException e) {
            throw new CudaUnavailableException("the CUDA driver does not start: " + e.getMessage());
        }
    }

    /**
     * The devices that the driver sees, by ordinal, without those that {@code CUDA_VISIBLE_DEVICES} hides.
     *
     * @throws CudaException if the driver fails
     */
    List<CudaDevice> devices() {
        IntByReference count = new IntByReference();
        check("cuDeviceGetCount", LibCuda.cuDeviceGetCount(count));
        List<CudaDevice> devices = new ArrayList<>();
        for (int ordinal = 0; ordinal < count.getValue(); ordinal++) {
            devices.add(describe(ordinal));
        }
        return devices;
    }

    private static CudaDevice describe(int ordinal) {
        IntByReference handle = new IntByReference();
        check("cuDeviceGet", LibCuda.cuDeviceGet(handle, ordinal));
        byte[] name = new byte[256];
        check("cuDeviceGetName", LibCuda.cuDeviceGetName(name, name.length, handle.getValue()));
        LongByReference bytes = new LongByReference();
        check("cuDeviceTotalMem", LibCuda.cuDeviceTotalMem_v2(bytes, handle.getValue()));
        return new CudaDevice(
                ordinal,
                handle.getValue(),
                untilZero(name),
                attribute(handle.getValue(), LibCuda.ATTRIBUTE_CAPABILITY_MAJOR),
                attribute(handle.getValue(), LibCuda.ATTRIBUTE_CAPABILITY_MINOR),
                attribute(handle.getValue(), LibCuda.ATTRIBUTE_MULTIPROCESSORS),
                bytes.getValue());
    }

    private static int attribute(int device, int attribute) {
        IntByReference value = new IntByReference();
        check("cuDeviceGetAttribute", LibCuda.cuDeviceGetAttribute(value, attribute, device));
        return value.getValue();
    }

    /** The CUDA version that the driver supports, such as 13.0. */
    String version() {
        return version / 1000 + "." + version % 1000 / 10;
    }

    /**
     * Throws if a call failed.
     *
     * @param call the function's name
     * @param result its return value
     */
    static void check(String call, int result) {
        if (result != 0) {
            throw new CudaException(call, result, meaning(result));
        }
    }

    private static String meaning(int result) {
        PointerByReference name = new PointerByReference();
        PointerByReference text = new PointerByReference();
        if (LibCuda.cuGetErrorName(result, name) != 0 || LibCuda.cuGetErrorString(result, text) != 0) {
            return "an error the driver has no name for";
        }
        return name.getValue().getString(0) + ", " + text.getValue().getString(0);
    }

    private static String untilZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
