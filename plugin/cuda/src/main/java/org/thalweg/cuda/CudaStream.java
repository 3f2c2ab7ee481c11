package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * A queue of work for the device, in order. The context must be current. Confined to one thread at a time.
 *
 * <p>Host memory must not change until {@link #await} returns.
 */
final class CudaStream implements AutoCloseable {

    private final Pointer handle;
    private boolean open = true;

    CudaStream() {
        PointerByReference created = new PointerByReference();
        check("cuStreamCreate", LibCuda.cuStreamCreate(created, LibCuda.STREAM_NON_BLOCKING));
        handle = created.getValue();
    }

    Pointer handle() {
        return handle;
    }

    void upload(Pointer from, long to, long bytes) {
        check("cuMemcpyHtoDAsync of " + bytes + " bytes", LibCuda.cuMemcpyHtoDAsync_v2(to, from, bytes, handle));
    }

    void download(long from, Pointer to, long bytes) {
        check("cuMemcpyDtoHAsync of " + bytes + " bytes", LibCuda.cuMemcpyDtoHAsync_v2(to, from, bytes, handle));
    }

    void copy(long from, long to, long bytes) {
        check("cuMemcpyDtoDAsync of " + bytes + " bytes", LibCuda.cuMemcpyDtoDAsync_v2(to, from, bytes, handle));
    }

    void zero(long address, long bytes) {
        check("cuMemsetD8Async of " + bytes + " bytes", LibCuda.cuMemsetD8Async(address, (byte) 0, bytes, handle));
    }

    /**
     * Starts a kernel.
     *
     * @param kernel from a {@link KernelModule}
     * @param grid blocks in x, y and z
     * @param threads of a block, in x
     * @param parameters pointers to the kernel's arguments, in order
     */
    void launch(KernelModule.Kernel kernel, int[] grid, int threads, Memory parameters) {
        check(
                "cuLaunchKernel of " + kernel.name(),
                LibCuda.cuLaunchKernel(
                        kernel.function(), grid[0], grid[1], grid[2], threads, 1, 1, 0, handle, parameters, null));
    }

    /** Waits until everything in the queue has run; faults of kernels are reported here. */
    void await() {
        check("cuStreamSynchronize", LibCuda.cuStreamSynchronize(handle));
    }

    /** Records the work that {@code work} queues, without running it. */
    CudaGraph capture(Runnable work) {
        check("cuStreamBeginCapture", LibCuda.cuStreamBeginCapture_v2(handle, LibCuda.CAPTURE_THREAD_LOCAL));
        PointerByReference graph = new PointerByReference();
        boolean recorded = false;
        try {
            work.run();
            recorded = true;
        } finally {
            int result = LibCuda.cuStreamEndCapture(handle, graph);
            if (!recorded && result == 0) {
                LibCuda.cuGraphDestroy(graph.getValue());
            } else if (recorded) {
                check("cuStreamEndCapture", result);
            }
        }
        return CudaGraph.of(graph.getValue());
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            LibCuda.cuStreamDestroy_v2(handle);
        }
    }
}
