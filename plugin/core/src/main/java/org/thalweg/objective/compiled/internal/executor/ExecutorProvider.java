package org.thalweg.objective.compiled.internal.executor;

import java.util.List;
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

    /**
     * The devices that share work, with the same bits on each: the numbered one, or any usable one and all like it.
     *
     * @param number of the only device; empty for all
     * @throws IllegalArgumentException as for {@link #device}
     */
    default List<ComputeDevice> devices(OptionalInt number) {
        return List.of(device(number));
    }
}
