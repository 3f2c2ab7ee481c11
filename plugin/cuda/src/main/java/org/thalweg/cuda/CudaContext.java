package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * A device's primary context: the one that CUDA's runtime, and so nd4j-cuda, uses, so that both share the device without
 * switching. It is retained while this is open. Calls of the driver that concern a device must run while the context is
 * {@linkplain #enter() current} on the calling thread.
 */
final class CudaContext implements AutoCloseable {

    private final CudaDevice device;
    private final Pointer handle;
    private boolean open = true;

    private CudaContext(CudaDevice device, Pointer handle) {
        this.device = device;
        this.handle = handle;
    }

    static CudaContext open(CudaDevice device) {
        PointerByReference handle = new PointerByReference();
        check("cuDevicePrimaryCtxRetain", LibCuda.cuDevicePrimaryCtxRetain(handle, device.handle()));
        return new CudaContext(device, handle.getValue());
    }

    CudaDevice device() {
        return device;
    }

    /** Makes the context current on this thread until what is returned is closed; the one before is current again then. */
    Scope enter() {
        check("cuCtxPushCurrent", LibCuda.cuCtxPushCurrent_v2(handle));
        return CudaContext::leave;
    }

    private static void leave() {
        check("cuCtxPopCurrent", LibCuda.cuCtxPopCurrent_v2(new PointerByReference()));
    }

    /** Free bytes on the device, whoever else uses it. */
    long freeBytes() {
        LongByReference free = new LongByReference();
        LongByReference total = new LongByReference();
        try (Scope scope = enter()) {
            check("cuMemGetInfo", LibCuda.cuMemGetInfo_v2(free, total));
        }
        return free.getValue();
    }

    /** Gives the context back. A device that was lost makes no difference: the driver frees everything then. */
    @Override
    public void close() {
        if (open) {
            open = false;
            LibCuda.cuDevicePrimaryCtxRelease_v2(device.handle());
        }
    }

    /** A stretch of code with the context current. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
