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
 * Shows the last frame of a run as gauges, and counts and times all of them, in the registry of the user's application.
 * {@link MeterNames} lists the meters; a meter appears with the first frame that has a value for it, and reads NaN while
 * the last frame has none.
 *
 * <p>Meters stay when the sink is closed: training often ends right after its last frame, before a monitoring system has
 * looked. A process that trains one network after another takes them off with {@link #remove()}; a later run of the
 * same name takes over the gauges, and goes on with the counters.
 *
 * <p>Sink methods are called by one thread at a time; the registry may be read by any thread meanwhile, and sees the
 * gauges of one frame together. A registry that has been closed is written to without effect.
 */
public final class FrameMetrics implements FrameSink {

    private final MeterRegistry registry;
    private final String run;
    private final Map<Reading, Meter> gauges = new HashMap<>();
    private final Map<Reading, Counter> counters = new HashMap<>();
    private final Map<Reading, Timer> timers = new HashMap<>();

    private volatile Map<Reading, Double> last = Map.of();

    /**
     * Meters of a run.
     *
     * @param registry where they go
     * @param run value of their {@code run} tag
     * @throws IllegalArgumentException when the run has no name
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
        last = FrameReadings.of(frame);
        last.keySet().forEach(reading -> gauges.computeIfAbsent(reading, this::register));
        frame.seconds()
                .forEach((stage, seconds) ->
                        timer(Reading.of(MeterNames.STAGE, stage)).record(Duration.ofNanos(Math.round(seconds * 1e9))));
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

    /** Leaves the meters where they are. */
    @Override
    public void close() {}

    /** Takes this run's meters off the registry. Not to be called while frames are coming in. */
    public void remove() {
        gauges.values().forEach(registry::remove);
        counters.values().forEach(registry::remove);
        timers.values().forEach(registry::remove);
        gauges.clear();
        counters.clear();
        timers.clear();
    }

    private Meter register(Reading reading) {
        Meter.Id id = reading.id(run);
        // A registry gives back the gauge it has under this id, which would go on showing a former run of this name.
        registry.removeByPreFilterId(id);
        return Gauge.builder(id.getName(), this, metrics -> metrics.value(reading))
                .tags(id.getTags())
                .baseUnit(id.getBaseUnit())
                .description(id.getDescription())
                .strongReference(true)
                .register(registry);
    }

    private double value(Reading reading) {
        return last.getOrDefault(reading, Double.NaN);
    }

    private void count(MeterNames meter, String... tagValues) {
        counters.computeIfAbsent(Reading.of(meter, tagValues), reading -> {
                    Meter.Id id = reading.id(run);
                    return Counter.builder(id.getName())
                            .tags(id.getTags())
                            .baseUnit(id.getBaseUnit())
                            .description(id.getDescription())
                            .register(registry);
                })
                .increment();
    }

    private Timer timer(Reading stage) {
        return timers.computeIfAbsent(stage, reading -> {
            Meter.Id id = reading.id(run);
            return Timer.builder(id.getName())
                    .tags(id.getTags())
                    .description(id.getDescription())
                    .register(registry);
        });
    }

    /** The word before the details of a reason, which would make a time series each. */
    private static String kind(String reason) {
        int colon = reason.indexOf(':');
        return colon < 0 ? reason : reason.substring(0, colon);
    }
}
