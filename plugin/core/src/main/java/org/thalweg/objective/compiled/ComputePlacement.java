package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.objective.Device;
import org.thalweg.objective.DeviceException;
import org.thalweg.objective.Placement;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.ExecutorProvider;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor;

/**
 * The executors that compiled networks share: those of devices until they fail, then ND4J's. The first device computes
 * all that is not shared. Code that keeps buffers must compare {@link #executor(int)} with the one they were made on,
 * since it changes after a failure.
 */
final class ComputePlacement implements Placement {

    private static final Logger log = LoggerFactory.getLogger(ComputePlacement.class);

    /** How many times batches are halved before the device is given up. */
    private static final int MOST_HALVINGS = 3;

    private final boolean chosen;
    private final List<Place> places = new ArrayList<>();
    private final AtomicReference<@Nullable Place> failed = new AtomicReference<>();
    private @Nullable Nd4jExecutor onHost;
    private long planned;
    private long limit = Long.MAX_VALUE;
    private int halvings;
    private int failures;

    /** A device with its executor while it is open. */
    private static final class Place {

        private final ComputeDevice device;
        private @Nullable DeviceExecutor open;

        Place(ComputeDevice device) {
            this.device = device;
        }
    }

    private ComputePlacement(List<ComputeDevice> devices) {
        devices.forEach(device -> places.add(new Place(device)));
        this.chosen = !devices.isEmpty();
    }

    /**
     * The placement on a device.
     *
     * @throws IllegalArgumentException if a device is requested by its kind and is not usable
     */
    static ComputePlacement on(Device asked) {
        if (asked.equals(Device.CPU)) {
            return new ComputePlacement(List.of());
        }
        boolean any = asked.equals(Device.AUTO);
        TreeSet<String> kinds = new TreeSet<>();
        for (ExecutorProvider provider :
                ServiceLoader.load(ExecutorProvider.class, ExecutorProvider.class.getClassLoader())) {
            kinds.add(provider.kind());
            if (any || provider.kind().equals(asked.kind())) {
                try {
                    return opened(any ? List.of(provider.device(asked.number())) : provider.devices(asked.number()));
                } catch (IllegalArgumentException e) {
                    if (!any) {
                        throw e;
                    }
                    log.debug("no device of kind {}: {}", provider.kind(), e.getMessage());
                } catch (DeviceException e) {
                    if (!any) {
                        throw new IllegalArgumentException("device " + asked + " is not usable: " + e.getMessage(), e);
                    }
                    log.warn("device {} is not usable, so the CPU computes: {}", provider.kind(), e.getMessage());
                }
            }
        }
        if (!any && !kinds.contains(asked.kind())) {
            throw new IllegalArgumentException("device " + asked
                    + " needs a jar that brings it (cuda: org.thalweg:thalweg-cuda); on the class path "
                    + (kinds.isEmpty() ? "are none" : "are " + kinds));
        }
        return new ComputePlacement(List.of());
    }

    private static ComputePlacement opened(List<ComputeDevice> devices) {
        ComputePlacement placement = new ComputePlacement(devices);
        long first = placement.budget(0, Long.MAX_VALUE);
        for (int place = devices.size() - 1; place > 0; place--) {
            placement.keepIfUsable(place, first / 2);
        }
        return placement;
    }

    /** One whose memory others have taken would make all devices cut the probe into small batches. */
    private void keepIfUsable(int number, long leastBudget) {
        Place place = places.get(number);
        try {
            if (budget(number, Long.MAX_VALUE) >= leastBudget) {
                return;
            }
            log.info(
                    "{} takes no share: it has less than half of the free memory of {}",
                    place.device.describe(),
                    places.get(0).device.describe());
        } catch (DeviceException e) {
            failed.set(null);
            log.warn("{} is not usable, and takes no share: {}", place.device.describe(), e.getMessage());
        }
        places.remove(place);
        close(place);
    }

    /** The number of executors that share work. */
    int places() {
        return Math.max(1, places.size());
    }

    /** The current executor of what is not shared; opened again after {@link #close}. */
    Executor executor() {
        return executor(0);
    }

    /** One of the current executors, from 0 to {@link #places()} - 1; opened again after {@link #close}. */
    Executor executor(int number) {
        if (!places.isEmpty()) {
            Place place = places.get(number);
            if (place.open == null) {
                place.open = at(number, place.device::open);
            }
            return place.open;
        }
        if (onHost == null) {
            onHost = new Nd4jExecutor();
        }
        return onHost;
    }

    /** Runs work on one of the executors, and notes whose failure it is. Safe to call from any thread. */
    <T> T at(int number, Supplier<T> work) {
        try {
            return work.get();
        } catch (DeviceException e) {
            failed.compareAndSet(null, places.isEmpty() ? null : places.get(number));
            throw e;
        }
    }

    /** The part of a memory budget that is available on every executor: they cut a probe alike, for the same bits. */
    long budget(long asked) {
        long budget = Math.min(asked, limit);
        for (int place = 0; place < places(); place++) {
            budget = budget(place, budget);
        }
        return budget;
    }

    private long budget(int number, long asked) {
        return executor(number) instanceof DeviceExecutor device ? Math.min(asked, device.budget()) : asked;
    }

    /** Notes how many bytes a plan is expected to need. */
    void planned(long bytes) {
        planned = Math.max(planned, bytes);
    }

    @Override
    public Optional<String> device() {
        return places.stream().map(place -> place.device.describe()).reduce((some, more) -> some + "; " + more);
    }

    @Override
    public OptionalInt failures() {
        return chosen ? OptionalInt.of(failures) : OptionalInt.empty();
    }

    @Override
    public boolean recover(DeviceException failure) {
        if (places.isEmpty()) {
            return false;
        }
        failures++;
        close();
        Place noted = failed.getAndSet(null);
        Place place = noted == null ? places.get(0) : noted;
        if (failure.outOfMemory() && halvings < MOST_HALVINGS && planned > 0) {
            halvings++;
            limit = Math.max(1, Math.min(limit, planned) / 2);
            log.warn(
                    "{} has too little memory: batches are made to fit {} MiB, and the frame is computed again ({})",
                    place.device.describe(),
                    limit >> 20,
                    failure.getMessage());
        } else {
            places.remove(place);
            log.warn(
                    "{} failed: this frame and all later ones are computed by {} ({})",
                    place.device.describe(),
                    device().orElse("ND4J's backend"),
                    failure.getMessage());
            limit = Long.MAX_VALUE;
            halvings = 0;
        }
        planned = 0;
        return true;
    }

    /** Frees everything on the devices. */
    void close() {
        places.forEach(ComputePlacement::close);
    }

    private static void close(Place place) {
        if (place.open != null) {
            place.open.close();
            place.open = null;
        }
    }
}
