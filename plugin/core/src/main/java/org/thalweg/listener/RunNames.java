package org.thalweg.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of the runs that currently publish meters. Two runs with the same name in one registry would overwrite each
 * other's gauges and add up their counters, so the later one gets another name. Thread-safe.
 */
final class RunNames {

    private static final Logger log = LoggerFactory.getLogger(LandscapeListener.class);

    private static final Map<MeterRegistry, Map<String, WeakReference<Object>>> LIVE = new WeakHashMap<>();

    private RunNames() {}

    /**
     * Reserves a name, or the name with a number where another active run has it.
     *
     * @param owner keeps the name until it is released or the owner is garbage-collected
     */
    static String claim(MeterRegistry registry, String name, Object owner) {
        synchronized (LIVE) {
            Map<String, WeakReference<Object>> taken = LIVE.computeIfAbsent(registry, key -> new HashMap<>());
            taken.values().removeIf(reference -> reference.get() == null);
            String free = name;
            for (int number = 2; taken.containsKey(free); number++) {
                free = name + "-" + number;
            }
            taken.put(free, new WeakReference<>(owner));
            if (!free.equals(name)) {
                log.warn(
                        "another run named '{}' publishes meters in the same registry: this one is named '{}'"
                                + " (RecordingOptions.withRun names a run)",
                        name,
                        free);
            }
            return free;
        }
    }

    /** Releases a name. */
    static void release(MeterRegistry registry, String name) {
        synchronized (LIVE) {
            Map<String, WeakReference<Object>> taken = LIVE.get(registry);
            if (taken != null) {
                taken.remove(name);
            }
        }
    }
}
