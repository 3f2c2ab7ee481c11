package org.thalweg.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * An objective on its probe, and on every n-th example of it where time is short; the latter are created on first use.
 * Not thread-safe.
 *
 * @since 0.2.0
 */
public final class SurfaceObjectives implements AutoCloseable {

    private final Objective whole;
    private final Optional<Probe> probe;
    private final Map<Integer, Objective> thinned = new HashMap<>();

    private SurfaceObjectives(Objective whole, Optional<Probe> probe) {
        this.whole = whole;
        this.probe = probe;
    }

    /** An objective whose probe can be thinned. */
    public static SurfaceObjectives of(Objective whole, Probe probe) {
        return new SurfaceObjectives(whole, Optional.of(probe));
    }

    /** An objective that ignores the stride. */
    static SurfaceObjectives fixed(Objective whole) {
        return new SurfaceObjectives(whole, Optional.empty());
    }

    /** The objective on the whole probe. */
    Objective whole() {
        return whole;
    }

    /** The whole probe, where it is known. */
    Optional<Probe> probe() {
        return probe;
    }

    /** The objective on every {@code stride}-th example. */
    Objective on(int stride) {
        if (stride == 1 || probe.isEmpty()) {
            return whole;
        }
        Probe all = probe.get();
        return thinned.computeIfAbsent(stride, n -> whole.withProbe(all.everyNth(n)));
    }

    /** Frees all buffers, including those of the whole objective. */
    @Override
    public void close() {
        thinned.values().forEach(Objective::close);
        whole.close();
    }
}
