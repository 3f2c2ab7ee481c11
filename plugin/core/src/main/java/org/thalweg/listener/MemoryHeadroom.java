package org.thalweg.listener;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory left under JavaCPP's limits. They hold for the whole process: once a limit is reached, the next allocation
 * fails, in training as likely as in a frame. A frame is therefore taken only if it fits and leaves some memory to
 * training, if necessary after free memory has been returned to the operating system. Thread-safe.
 */
final class MemoryHeadroom {

    /** Share of a limit that frames leave to training, whose next allocations are unknown. */
    private static final double RESERVE = 0.05;

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

    private final long frameBytes;
    private final List<Limit> limits;
    private final Runnable trim;
    private final LongSupplier clock;
    private long notBefore;

    /**
     * @param trim returns free memory to the operating system
     * @param clock nanoseconds
     */
    MemoryHeadroom(long frameBytes, List<Limit> limits, Runnable trim, LongSupplier clock) {
        this.frameBytes = frameBytes;
        this.limits = List.copyOf(limits);
        this.trim = trim;
        this.clock = clock;
        this.notBefore = clock.getAsLong();
    }

    /** The memory under this process's limits for frames of a size in bytes. */
    static MemoryHeadroom forFramesOf(long frameBytes) {
        return new MemoryHeadroom(
                frameBytes,
                List.of(
                        new Limit("org.bytedeco.javacpp.maxBytes", Pointer::totalBytes, Pointer.maxBytes()),
                        new Limit(
                                "org.bytedeco.javacpp.maxPhysicalBytes",
                                Pointer::physicalBytes,
                                Pointer.maxPhysicalBytes())),
                NativeHeap::trim,
                System::nanoTime);
    }

    /**
     * A description of the limit that a frame would exceed; empty if it fits all limits.
     *
     * @param mayTrim whether free memory may be returned first, for which the calling thread waits
     */
    synchronized Optional<String> shortage(boolean mayTrim) {
        Optional<Limit> tight = tight();
        if (tight.isPresent() && mayTrim && clock.getAsLong() - notBefore >= 0) {
            trim.run();
            tight = tight();
            notBefore = clock.getAsLong() + (tight.isPresent() ? PAUSE_NANOS : 0);
        }
        return tight.map(this::describe);
    }

    private Optional<Limit> tight() {
        return limits.stream().filter(this::tooTight).findFirst();
    }

    private boolean tooTight(Limit limit) {
        return limit.bytes() > 0 && limit.used().getAsLong() + frameBytes + RESERVE * limit.bytes() > limit.bytes();
    }

    private String describe(Limit limit) {
        return String.format(
                Locale.ROOT,
                "a frame needs %.1f MB and leaves %.1f MB to training, and %.1f of %.1f MB are in use (raise -D%s)",
                frameBytes / 1e6,
                RESERVE * limit.bytes() / 1e6,
                limit.used().getAsLong() / 1e6,
                limit.bytes() / 1e6,
                limit.name());
    }
}
