package org.thalweg.krylov;

import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.cuda.CudaProvider;
import org.thalweg.cuda.OnTwin;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.spi.ElementType;

/** The space of vectors on a GPU. */
@ExtendWith(OnTwin.class)
class CudaSpaceTest extends VectorSpaceContract {

    private DeviceExecutor executor;

    @BeforeEach
    void open() {
        executor = new CudaProvider().device(OptionalInt.empty()).open();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Override
    VectorSpace space(long dimension, DataType type) {
        return executor.space(dimension, ElementType.valueOf(type.name()));
    }
}
