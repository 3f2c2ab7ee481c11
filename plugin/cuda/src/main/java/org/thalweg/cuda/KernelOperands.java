package org.thalweg.cuda;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.PointMemory;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Where kernels find their operands, for one point or several: the first point's address, and the number of elements to
 * the next point's. The context must be current. Confined to one thread at a time.
 *
 * @param memory the points' copies of buffers; null for one point
 * @param points a launch's number of points, its blocks in z
 */
record KernelOperands(DeviceBuffers buffers, @Nullable PointMemory memory, int points) {

    /** The operands of a tape at one point. */
    KernelOperands(DeviceBuffers buffers) {
        this(buffers, null, 1);
    }

    /** The device address of a tensor's first element; allocates its buffer if necessary. */
    long address(Tensor tensor) {
        return buffers.address(memory == null ? tensor : memory.at(tensor, 0));
    }

    /** Number of elements from one point's tensor to the next one's; 0 if all share it. */
    long distance(Tensor tensor) {
        return memory == null ? 0 : memory.distance(tensor);
    }

    /** Whether all points share a tensor. */
    boolean shares(Tensor tensor) {
        return distance(tensor) == 0;
    }

    /** Memory for the tape being bound, for all points side by side. */
    long scratch(long elementsPerPoint, int bytes) {
        return buffers.scratch(points * elementsPerPoint * bytes);
    }

    /** The operands of instructions whose results all points share. */
    KernelOperands ofOnePoint() {
        return new KernelOperands(buffers);
    }

    /** An instruction at one of the points. */
    Instruction at(Instruction instruction, int point) {
        return memory == null ? instruction : memory.at(instruction, point);
    }

    /** Whether points differ in an instruction's result. */
    boolean varies(Instruction instruction) {
        return memory != null && memory.varies(instruction);
    }
}
