package org.thalweg.cuda;

import java.util.List;
import org.thalweg.krylov.Vector;
import org.thalweg.objective.compiled.internal.executor.DeviceVector;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A vector on a GPU.
 *
 * @param executor owns the memory
 * @param tensor dense {@code [n]}
 * @param part whether it is part of another vector, which owns the memory, which owns the memory
 */
record CudaVector(CudaExecutor executor, Tensor tensor, boolean part) implements DeviceVector {

    /** @throws IllegalArgumentException if the vector lies elsewhere */
    static Tensor tensor(Vector vector) {
        if (vector instanceof CudaVector own) {
            return own.tensor;
        }
        throw new IllegalArgumentException("a vector must lie on the GPU, got a "
                + vector.getClass().getName() + ": copy it there with the space's fromArray");
    }

    @Override
    public void close() {
        if (!part) {
            executor.free(List.of(tensor.buffer()));
        }
    }
}
