package org.thalweg.cuda;

import com.sun.jna.Pointer;
import java.util.List;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Tensor;

/** Copies between dense host memory and tensors; a view goes through a dense copy on the device. */
final class HostTransfer {

    private final CudaExecutor executor;
    private final CudaContext context;
    private final CudaStream stream;
    private final DeviceBuffers buffers;

    /** @param executor copies tensors on the device */
    HostTransfer(CudaExecutor executor, CudaContext context, CudaStream stream, DeviceBuffers buffers) {
        this.executor = executor;
        this.context = context;
        this.stream = stream;
        this.buffers = buffers;
    }

    /** Copies to a tensor and waits until it has the numbers. */
    void send(Pointer host, Tensor target) {
        try (CudaContext.Scope scope = context.enter()) {
            if (target.contiguous()) {
                stream.upload(host, buffers.address(target), bytes(target));
                stream.await();
            } else {
                Tensor dense = dense(target);
                stream.upload(host, buffers.address(dense), bytes(dense));
                executor.copy(dense, target);
                stream.await();
                buffers.free(List.of(dense.buffer()));
            }
        }
    }

    /** Copies from a tensor and waits until the host has the numbers. */
    void receive(Tensor source, Pointer host) {
        try (CudaContext.Scope scope = context.enter()) {
            if (source.contiguous()) {
                stream.download(buffers.address(source), host, bytes(source));
                stream.await();
            } else {
                Tensor dense = dense(source);
                executor.copy(source, dense);
                stream.download(buffers.address(dense), host, bytes(dense));
                stream.await();
                buffers.free(List.of(dense.buffer()));
            }
        }
    }

    /** Bytes of a dense copy. */
    static long bytes(Tensor tensor) {
        return tensor.length() * tensor.type().bytes();
    }

    private static Tensor dense(Tensor tensor) {
        return Tensor.of(new Buffer(tensor.type(), tensor.length()), tensor.shape());
    }
}
