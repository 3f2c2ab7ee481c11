package org.thalweg.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the CUDA driver API that this module calls, with the driver's names ({@code cuda.h}, CUDA 9 and
 * later). Each returns a {@code CUresult}, which {@link CudaDriver#check} turns into an exception. Device addresses are
 * longs; handles (contexts, modules, functions, streams, graphs) are opaque pointers.
 */
final class LibCuda {

    /** Flag of streams that do not wait for the default stream, which other users of the context may fill. */
    static final int STREAM_NON_BLOCKING = 1;

    /** A capture mode that ignores other threads' calls: {@code CU_STREAM_CAPTURE_MODE_THREAD_LOCAL}. */
    static final int CAPTURE_THREAD_LOCAL = 1;

    static final int ATTRIBUTE_MULTIPROCESSORS = 16;
    static final int ATTRIBUTE_CAPABILITY_MAJOR = 75;
    static final int ATTRIBUTE_CAPABILITY_MINOR = 76;

    private LibCuda() {}

    /**
     * Binds the functions to a library. Throws {@link UnsatisfiedLinkError} if the library or a function is missing.
     */
    static void bind(NativeLibrary library) {
        Native.register(LibCuda.class, library);
    }

    static native int cuInit(int flags);

    static native int cuDriverGetVersion(IntByReference version);

    static native int cuGetErrorName(int result, PointerByReference name);

    static native int cuGetErrorString(int result, PointerByReference text);

    static native int cuDeviceGetCount(IntByReference count);

    static native int cuDeviceGet(IntByReference device, int ordinal);

    static native int cuDeviceGetName(byte[] name, int length, int device);

    static native int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

    static native int cuDeviceTotalMem_v2(LongByReference bytes, int device);

    static native int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

    static native int cuDevicePrimaryCtxRelease_v2(int device);

    static native int cuCtxPushCurrent_v2(Pointer context);

    static native int cuCtxPopCurrent_v2(PointerByReference context);

    static native int cuMemGetInfo_v2(LongByReference free, LongByReference total);

    static native int cuMemAlloc_v2(LongByReference address, long bytes);

    static native int cuMemFree_v2(long address);

    static native int cuMemcpyHtoDAsync_v2(long to, Pointer from, long bytes, Pointer stream);

    static native int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream);

    static native int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, Pointer stream);

    static native int cuMemsetD8Async(long address, byte value, long bytes, Pointer stream);

    static native int cuModuleLoadDataEx(
            PointerByReference module, Pointer image, int options, Pointer names, Pointer values);

    static native int cuModuleUnload(Pointer module);

    static native int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

    static native int cuStreamCreate(PointerByReference stream, int flags);

    static native int cuStreamDestroy_v2(Pointer stream);

    static native int cuStreamSynchronize(Pointer stream);

    static native int cuLaunchKernel(
            Pointer function,
            int gridX,
            int gridY,
            int gridZ,
            int blockX,
            int blockY,
            int blockZ,
            int sharedBytes,
            Pointer stream,
            Memory parameters,
            @Nullable Pointer extra);

    static native int cuStreamBeginCapture_v2(Pointer stream, int mode);

    static native int cuStreamEndCapture(Pointer stream, PointerByReference graph);

    static native int cuGraphInstantiateWithFlags(PointerByReference executable, Pointer graph, long flags);

    static native int cuGraphLaunch(Pointer executable, Pointer stream);

    static native int cuGraphExecDestroy(Pointer executable);

    static native int cuGraphDestroy(Pointer graph);
}
