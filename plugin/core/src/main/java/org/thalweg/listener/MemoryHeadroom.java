package org.thalweg.listener;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;
import org.thalweg.analysis.MemoryPlan;

/**
 * The memory left under JavaCPP's limits. They hold for the whole process: once a limit is reached, the next allocation
 * fails, in training as likely as in a frame. A frame is therefore taken only if it fits and leaves some memory to
 * training, if necessary after free memory has been returned to the operating system. Thread-safe.
 */
final class MemoryHeadroom {

    /** Share of a limit that frames leave to training, whose next allocations are unknown. */
    private static final double RESERVE = 0.05;

    /** Share of a limit from which on a frame counts as large. */
    private static final double LARGE = 0.2;

    /** Time before returning memory is tried again after it did not help, since training waits for it. */
    private static final long PAUSE_NANOS = 60_000_000_000L;

    /**
     * A limit of the process.
     *
     * @param name the system property that sets it
     * @param used bytes in use now
     * @param bytes the limit; 0 for none
     */
    record Limit(String name, LongSupplier used, long bytes) {}

    private final Map<MemoryPlan, Long> frameBytes;
    private final List<Limit> limits;
    private final Runnable trim;
    private final LongSupplier clock;
    private long notBefore;

    /**
     * @param frameBytes size of a frame by how much memory it may take
     * @param trim returns free memory to the operating system
     * @param clock nanoseconds
     */
    MemoryHeadroom(Map<MemoryPlan, Long> frameBytes, List<Limit> limits, Runnable trim, LongSupplier clock) {
        this.frameBytes = new EnumMap<>(frameBytes);
        this.limits = List.copyOf(limits);
        this.trim = trim;
        this.clock = clock;
        this.notBefore = clock.getAsLong();
    }

    /** The memory under this process's limits for frames of some sizes in bytes. */
    static MemoryHeadroom forFramesOf(Map<MemoryPlan, Long> frameBytes) {
        return new MemoryHeadroom(frameBytes, processLimits(), NativeHeap::trim, System::nanoTime);
    }

    private static List<Limit> processLimits() {
        return List.of(
                new Limit("org.bytedeco.javacpp.maxBytes", Pointer::totalBytes, Pointer.maxBytes()),
                new Limit("org.bytedeco.javacpp.maxPhysicalBytes", Pointer::physicalBytes, Pointer.maxPhysicalBytes()));
    }

    /** Whether frames of a size in bytes are so large for this process that smaller ones may be needed. */
    static boolean mayNeedSmaller(long frameBytes) {
        return processLimits().stream().anyMatch(limit -> limit.bytes() > 0 && frameBytes > LARGE * limit.bytes());
    }

    /**
     * What fits.
     *
     * @param plan how much memory the next frame may take; empty if not even the smallest frame fits
     * @param shortage the limit that a frame as configured would exceed, in words; empty if that fits
     */
    record Room(Optional<MemoryPlan> plan, Optional<String> shortage) {}

    /**
     * The most complete frame that fits.
     *
     * @param mayTrim whether free memory may be returned first, for which the calling thread waits
     */
    synchronized Room room(boolean mayTrim) {
        Optional<Limit> tight = tight(MemoryPlan.WHOLE);
        if (tight.isPresent() && mayTrim && clock.getAsLong() - notBefore >= 0) {
            trim.run();
            tight = tight(MemoryPlan.WHOLE);
            notBefore = clock.getAsLong() + (tight.isPresent() ? PAUSE_NANOS : 0);
        }
        Optional<MemoryPlan> fitting = Arrays.stream(MemoryPlan.values())
                .filter(plan -> tight(plan).isEmpty())
                .findFirst();
        return new Room(fitting, tight.map(this::describe));
    }

    private Optional<Limit> tight(MemoryPlan plan) {
        return limits.stream().filter(limit -> tooTight(limit, plan)).findFirst();
    }

    private long bytes(MemoryPlan plan) {
        return Objects.requireNonNull(frameBytes.get(plan));
    }

    private boolean tooTight(Limit limit, MemoryPlan plan) {
        return limit.bytes() > 0 && limit.used().getAsLong() + bytes(plan) + RESERVE * limit.bytes() > limit.bytes();
    }

    private String describe(Limit limit) {
        return String.format(
                Locale.ROOT,
                "a frame needs %.1f MB, at least %.1f MB, and leaves %.1f MB to training, and %.1f of %.1f MB are in"
                        + " use (raise -D%s)",
                bytes(MemoryPlan.WHOLE) / 1e6,
                bytes(MemoryPlan.SURFACE) / 1e6,
                RESERVE * limit.bytes() / 1e6,
                limit.used().getAsLong() / 1e6,
                limit.bytes() / 1e6,
                limit.name());
    }
}
