package org.thalweg.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;

/**
 * Publishes the last frame of a run as gauges, and counts and times all frames, in the registry of the user's
 * application. {@link MeterNames} lists the meters. A meter appears with the first frame that has a value for it, and
 * reads NaN while the last frame has none.
 *
 * <p>Meters stay when the sink is closed: training often ends right after its last frame, before a monitoring system
 * has scraped it. A process that trains one network after another calls {@link #remove()}. A later run of the same name
 * takes over the gauges and continues the counters.
 *
 * <p>One thread at a time calls the methods of a sink. Any thread may read the registry at any time and sees the gauges
 * of one frame together. Writing to a closed registry has no effect.
 *
 * @since 0.2.0
 */
public final class FrameMetrics implements FrameSink {

    private final MeterRegistry registry;
    private final String run;
    private final Map<MeterKey, Meter> gauges = new HashMap<>();
    private final Map<MeterKey, Counter> counters = new HashMap<>();
    private final Map<MeterKey, Timer> timers = new HashMap<>();

    private volatile Map<MeterKey, Double> last = Map.of();

    /**
     * Meters of a run.
     *
     * @param registry where the meters are registered
     * @param run value of their {@code run} tag
     * @throws IllegalArgumentException if the run has no name
     */
    public FrameMetrics(MeterRegistry registry, String run) {
        if (run.isBlank()) {
            throw new IllegalArgumentException("the run tag of the meters must not be blank: name the run");
        }
        this.registry = registry;
        this.run = run;
    }

    @Override
    public void frame(Frame frame) {
        last = GaugeValues.of(frame);
        last.keySet().forEach(key -> gauges.computeIfAbsent(key, this::register));
        frame.seconds()
                .forEach((stage, seconds) -> timer(MeterKey.of(MeterNames.STAGE, stage))
                        .record(Duration.ofNanos(Math.round(seconds * 1e9))));
        count(MeterNames.RECORDED, frame.status().label());
        frame.curvature().reason().ifPresent(reason -> count(MeterNames.CURVATURE_ABSENT, kind(reason)));
        frame.curvature().absent().forEach((name, reason) -> count(MeterNames.ABSENT, name, kind(reason)));
    }

    @Override
    public void skipped(long iteration, String reason) {
        count(MeterNames.SKIPPED, kind(reason));
    }

    @Override
    public void failed(long iteration, Throwable cause) {
        count(MeterNames.FAILED, cause.getClass().getSimpleName());
    }

    @Override
    public void sinkFailed(String sink, Throwable cause) {
        count(MeterNames.SINK_FAILED, sink, cause.getClass().getSimpleName());
    }

    /** Keeps the meters. */
    @Override
    public void close() {}

    /** Removes this run's meters from the registry. Must not be called while frames arrive. */
    public void remove() {
        gauges.values().forEach(registry::remove);
        counters.values().forEach(registry::remove);
        timers.values().forEach(registry::remove);
        gauges.clear();
        counters.clear();
        timers.clear();
    }

    private Meter register(MeterKey key) {
        Meter.Id id = key.id(run);
        // A registry returns its existing gauge under this id, which shows an earlier run of this name.
        registry.removeByPreFilterId(id);
        return Gauge.builder(id.getName(), this, metrics -> metrics.value(key))
                .tags(id.getTags())
                .baseUnit(id.getBaseUnit())
                .description(id.getDescription())
                .strongReference(true)
                .register(registry);
    }

    private double value(MeterKey key) {
        return last.getOrDefault(key, Double.NaN);
    }

    private void count(MeterNames meter, String... tagValues) {
        counters.computeIfAbsent(MeterKey.of(meter, tagValues), key -> {
                    Meter.Id id = key.id(run);
                    return Counter.builder(id.getName())
                            .tags(id.getTags())
                            .baseUnit(id.getBaseUnit())
                            .description(id.getDescription())
                            .register(registry);
                })
                .increment();
    }

    private Timer timer(MeterKey stage) {
        return timers.computeIfAbsent(stage, key -> {
            Meter.Id id = key.id(run);
            return Timer.builder(id.getName())
                    .tags(id.getTags())
                    .description(id.getDescription())
                    .register(registry);
        });
    }

    /** The reason without its details, which would each become a time series. */
    private static String kind(String reason) {
        int colon = reason.indexOf(':');
        return colon < 0 ? reason : reason.substring(0, colon);
    }
}
