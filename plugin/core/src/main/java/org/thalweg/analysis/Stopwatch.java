package org.thalweg.analysis;

import java.util.HashMap;
import java.util.Map;

/** Wall time by stage, from now on. */
final class Stopwatch {

    private final long start = System.nanoTime();
    private long last = start;
    private final Map<String, Double> seconds = new HashMap<>();

    void lap(String stage) {
        long now = System.nanoTime();
        seconds.put(stage, (now - last) / 1e9);
        last = now;
    }

    Map<String, Double> seconds() {
        seconds.put("total", (System.nanoTime() - start) / 1e9);
        return seconds;
    }
}
