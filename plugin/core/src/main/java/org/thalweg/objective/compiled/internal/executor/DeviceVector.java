package org.thalweg.objective.compiled.internal.executor;

import org.thalweg.krylov.Vector;
import org.thalweg.objective.compiled.spi.Tensor;

/** A vector in an executor's memory. */
public interface DeviceVector extends Vector {

    /** Its elements, dense {@code [n]}. */
    Tensor tensor();
}
