package org.thalweg.objective;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Where an objective computes. A device may fail, and a frame must not be lost with it: it is then computed again with
 * smaller batches, or by ND4J's backend. Confined to one thread at a time, together with the objective.
 *
 * @since 0.2.0
 */
public interface Placement {

    /** ND4J's backend, or the objective's own undeclared place. */
    Placement BACKEND = new Placement() {

        @Override
        public Optional<String> device() {
            return Optional.empty();
        }

        @Override
        public OptionalInt failures() {
            return OptionalInt.empty();
        }

        @Override
        public boolean recover(DeviceException failure) {
            return false;
        }
    };

    /** A description of the device that computes now; empty for ND4J's backend. */
    Optional<String> device();

    /** How often the device has failed so far; empty if there has never been one. */
    OptionalInt failures();

    /**
     * Prepares to repeat a failed computation. Earlier slices, Hessians and vectors are lost; close them first.
     *
     * @return whether it can be repeated
     */
    boolean recover(DeviceException failure);

    /**
     * Runs a computation, and repeats it after each failure of the device.
     *
     * @param work opens and closes its slices and Hessians itself
     * @throws DeviceException if there is no other way to compute it
     */
    default <T> T attempt(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (DeviceException e) {
                if (!recover(e)) {
                    throw e;
                }
            }
        }
    }

    /** Like {@link #attempt}, for a computation without a result. */
    default void run(Runnable work) {
        attempt(() -> {
            work.run();
            return true;
        });
    }
}
