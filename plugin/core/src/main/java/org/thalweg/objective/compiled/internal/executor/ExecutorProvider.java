package org.thalweg.objective.compiled.internal.executor;

import java.util.OptionalInt;

/** Devices of one kind that tapes can run on; found through {@link java.util.ServiceLoader}. */
public interface ExecutorProvider {

    /** The kind, as users write it: {@code cuda}. */
    String kind();

    /**
     * A device.
     *
     * @param number which; empty for any that is usable
     * @throws IllegalArgumentException if there is no such device or it is not usable, saying why and what there is
     */
    ComputeDevice device(OptionalInt number);
}
