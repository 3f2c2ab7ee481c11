package org.thalweg.analysis;

import java.util.EnumMap;
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
    private final Optional<Objective> statistics;
    private final Map<Integer, Objective> thinned = new HashMap<>();
    private final Map<MemoryPlan, Objective> small = new EnumMap<>(MemoryPlan.class);

    private SurfaceObjectives(Objective whole, Optional<Probe> probe, Optional<Objective> statistics) {
        this.whole = whole;
        this.probe = probe;
        this.statistics = statistics;
    }

    /** An objective whose probe can be thinned. */
    public static SurfaceObjectives of(Objective whole, Probe probe) {
        return new SurfaceObjectives(whole, Optional.of(probe), Optional.empty());
    }

    /**
     * The same with an objective that estimates BatchNorm's statistics on the probe.
     *
     * @param statistics on the statistics of batches; closed with this
     */
    public SurfaceObjectives withStatistics(Objective statistics) {
        return new SurfaceObjectives(whole, probe, Optional.of(statistics));
    }

    /** An objective that ignores the stride. */
    static SurfaceObjectives fixed(Objective whole) {
        return new SurfaceObjectives(whole, Optional.empty(), Optional.empty());
    }

    /** The objective on the whole probe. */
    Objective whole() {
        return whole;
    }

    /** The whole probe, where it is known. */
    Optional<Probe> probe() {
        return probe;
    }

    /** The objective that estimates BatchNorm's statistics, where there is one. */
    Optional<Objective> statistics() {
        return statistics;
    }

    /** The objective on the whole probe, in the batches of a memory plan. */
    Objective whole(MemoryPlan plan) {
        if (plan == MemoryPlan.WHOLE) {
            return whole;
        }
        return small.computeIfAbsent(MemoryPlan.SMALL_BATCHES, batches -> batches.of(whole));
    }

    /** The objective on the examples, and in the batches, of an effort. */
    Objective on(Effort effort) {
        return effort.stride() == 1 ? whole(effort.memory()) : on(effort.stride());
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
        statistics.ifPresent(Objective::close);
        small.values().stream().filter(objective -> objective != whole).forEach(Objective::close);
        whole.close();
    }
}
