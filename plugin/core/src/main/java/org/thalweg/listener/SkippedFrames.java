package org.thalweg.listener;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * Counts the frames of a run that are skipped, by reason. The first of a reason and the numbers at the end are logged for users,
 * each frame for debugging. Thread-safe.
 */
final class SkippedFrames {

    private final Logger log;
    private final Map<String, Long> counts = new TreeMap<>();

    SkippedFrames(Logger log) {
        this.log = log;
    }

    /** Counts a frame. */
    synchronized void add(long iteration, String reason) {
        if (counts.merge(reason, 1L, Long::sum) == 1) {
            log.info("frames are skipped ({}), the first at iteration {}", reason, iteration);
        } else {
            log.debug("frame {} skipped: {}", iteration, reason);
        }
    }

    /** Frames so far. */
    synchronized long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Logs how many there were, if any. */
    synchronized void summarize() {
        if (!counts.isEmpty()) {
            log.info(
                    "{} frames were skipped: {}",
                    total(),
                    counts.entrySet().stream()
                            .map(count -> count.getValue() + " (" + count.getKey() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }
}
