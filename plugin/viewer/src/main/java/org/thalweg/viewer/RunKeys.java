package org.thalweg.viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.recording.RunReader;

/** What links call runs that were named one by one: their names, numbered where two have the same. */
final class RunKeys {

    private RunKeys() {}

    /** The keys of runs in their order. */
    static List<String> of(List<RunReader> runs) {
        Map<String, Integer> seen = new HashMap<>();
        return runs.stream()
                .map(run -> run.provenance().run())
                .map(name -> {
                    int times = seen.merge(name, 1, Integer::sum);
                    return times == 1 ? name : name + " (" + times + ")";
                })
                .toList();
    }
}
