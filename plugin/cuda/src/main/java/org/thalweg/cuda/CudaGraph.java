package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** Work recorded on a stream that can be queued again in one call. Confined to one thread at a time. */
final class CudaGraph implements AutoCloseable {

    private final Pointer executable;
    private boolean open = true;

    private CudaGraph(Pointer executable) {
        this.executable = executable;
    }

    static CudaGraph of(Pointer graph) {
        PointerByReference executable = new PointerByReference();
        int result = LibCuda.cuGraphInstantiateWithFlags(executable, graph, 0);
        LibCuda.cuGraphDestroy(graph);
        check("cuGraphInstantiateWithFlags", result);
        return new CudaGraph(executable.getValue());
    }

    void launch(CudaStream stream) {
        check("cuGraphLaunch", LibCuda.cuGraphLaunch(executable, stream.handle()));
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            LibCuda.cuGraphExecDestroy(executable);
        }
    }
}
