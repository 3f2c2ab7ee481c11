package org.thalweg.objective.compiled.internal.executor;

import java.util.OptionalInt;

/** Devices of one kind that tapes can run on; found through {@link java.util.ServiceLoader}. */
public interface ExecutorProvider {

    /** The kind, as users write it: {@code cuda}. */
    String kind();

    /**
     * A device.
     *
     * @param number of the device; empty for any usable one
     * @throws IllegalArgumentException if there is no such device or it is not usable, with the reason and the devices
     *     there are
     */
    ComputeDevice device(OptionalInt number);
}
