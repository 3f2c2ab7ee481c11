package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * A device's primary context. CUDA's runtime, and therefore nd4j-cuda, uses the same one, so both share the device
 * without switching. It is retained while this object is open. Driver calls for a device must run while the context is
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

    /**
     * Makes the context current on this thread until the returned scope is closed; then the previous context is current
     * again.
     */
    Scope enter() {
        check("cuCtxPushCurrent", LibCuda.cuCtxPushCurrent_v2(handle));
        return CudaContext::leave;
    }

    private static void leave() {
        check("cuCtxPopCurrent", LibCuda.cuCtxPopCurrent_v2(new PointerByReference()));
    }

    /** Free bytes of the device's memory. The context must be current. */
    static long freeBytes() {
        LongByReference free = new LongByReference();
        check("cuMemGetInfo", LibCuda.cuMemGetInfo_v2(free, new LongByReference()));
        return free.getValue();
    }

    /** Releases the context. If the device was lost, the driver has already freed everything. */
    @Override
    public void close() {
        if (open) {
            open = false;
            LibCuda.cuDevicePrimaryCtxRelease_v2(device.handle());
        }
    }

    /** A scope in which the context is current. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
