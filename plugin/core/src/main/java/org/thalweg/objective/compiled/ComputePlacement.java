package org.thalweg.objective.compiled;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.TreeSet;
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
 * The executor that compiled networks share: a device's until it fails, then ND4J's. Code that keeps buffers must
 * compare {@link #executor()} with the one they were made on, since it changes after a failure.
 */
final class ComputePlacement implements Placement {

    private static final Logger log = LoggerFactory.getLogger(ComputePlacement.class);

    /** How many times batches are halved before the device is given up. */
    private static final int MOST_HALVINGS = 3;

    private final boolean chosen;
    private @Nullable ComputeDevice device;
    private @Nullable DeviceExecutor onDevice;
    private @Nullable Nd4jExecutor onHost;
    private long planned;
    private long limit = Long.MAX_VALUE;
    private int halvings;
    private int failures;

    private ComputePlacement(@Nullable ComputeDevice device) {
        this.device = device;
        this.chosen = device != null;
    }

    /**
     * The placement on a device.
     *
     * @throws IllegalArgumentException if a device is requested by its kind and is not usable
     */
    static ComputePlacement on(Device asked) {
        if (asked.equals(Device.CPU)) {
            return new ComputePlacement(null);
        }
        boolean any = asked.equals(Device.AUTO);
        TreeSet<String> kinds = new TreeSet<>();
        for (ExecutorProvider provider :
                ServiceLoader.load(ExecutorProvider.class, ExecutorProvider.class.getClassLoader())) {
            kinds.add(provider.kind());
            if (any || provider.kind().equals(asked.kind())) {
                try {
                    ComputePlacement placement = new ComputePlacement(provider.device(asked.number()));
                    placement.executor();
                    return placement;
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
        return new ComputePlacement(null);
    }

    /** The current executor; opened again after {@link #close}. */
    Executor executor() {
        if (device != null) {
            if (onDevice == null) {
                onDevice = device.open();
            }
            return onDevice;
        }
        if (onHost == null) {
            onHost = new Nd4jExecutor();
        }
        return onHost;
    }

    /** The part of a memory budget that is available here. */
    long budget(long asked) {
        executor();
        return Math.min(Math.min(asked, limit), onDevice == null ? asked : onDevice.budget());
    }

    /** Notes how many bytes a plan is expected to need. */
    void planned(long bytes) {
        planned = Math.max(planned, bytes);
    }

    @Override
    public Optional<String> device() {
        return Optional.ofNullable(device).map(ComputeDevice::describe);
    }

    @Override
    public OptionalInt failures() {
        return chosen ? OptionalInt.of(failures) : OptionalInt.empty();
    }

    @Override
    public boolean recover(DeviceException failure) {
        if (device == null) {
            return false;
        }
        failures++;
        close();
        if (failure.outOfMemory() && halvings < MOST_HALVINGS && planned > 0) {
            halvings++;
            limit = Math.max(1, Math.min(limit, planned) / 2);
            log.warn(
                    "{} has too little memory: batches are made to fit {} MiB, and the frame is computed again ({})",
                    device.describe(),
                    limit >> 20,
                    failure.getMessage());
        } else {
            log.warn(
                    "{} failed: this frame and all later ones are computed by ND4J's backend ({})",
                    device.describe(),
                    failure.getMessage());
            device = null;
            limit = Long.MAX_VALUE;
        }
        planned = 0;
        return true;
    }

    /** Frees everything on the device. */
    void close() {
        if (onDevice != null) {
            onDevice.close();
            onDevice = null;
        }
    }
}
