package org.thalweg.objective.compiled.internal.executor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.DeviceException;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** A device that tapes can run on. */
public interface ComputeDevice {

    /** Describes the device: kind and number, name, memory and driver. */
    String describe();

    /**
     * Opens the device.
     *
     * @return a new executor; closing it frees everything it has taken
     * @throws DeviceException if the device does not work
     */
    DeviceExecutor open();

    /** An executor on a device. */
    interface DeviceExecutor extends Executor {

        /** Bytes of the device's memory that this executor may take at most. */
        long budget();

        /**
         * The space of vectors in the device's memory. Its vectors are {@link DeviceVector}s of this executor.
         *
         * @param dimension length of the vectors
         * @param type FLOAT or DOUBLE
         */
        VectorSpace space(long dimension, ElementType type);

        /**
         * Prepares a tape for running at several points at once, each with the bits that it has alone.
         *
         * @param memory the points' copies of buffers
         * @param points how many of them to compute
         */
        default BoundTape bind(Tape tape, PointMemory memory, int points) {
            return bind(memory.unrolled(tape, points));
        }

        @Override
        default boolean onHost() {
            return false;
        }

        @Override
        default Tensor adopt(INDArray array) {
            Tensor tensor = Tensor.of(new Buffer(ElementTypes.of(array.dataType()), array.length()), array.shape());
            upload(array, tensor);
            return tensor;
        }
    }
}
