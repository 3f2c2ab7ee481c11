package org.thalweg.listener;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Filters the repeated calls of a listener that was added to a network k times: only every k-th call of each callback
 * counts. Thread-safe.
 */
final class RepeatedCalls {

    /** Callbacks, which are counted separately. */
    enum Callback {
        ITERATION_DONE,
        EPOCH_START,
        EPOCH_END
    }

    private final TrainingListener listener;
    private final Map<Callback, Integer> calls = new EnumMap<>(Callback.class);
    private int times = 1;

    RepeatedCalls(TrainingListener listener) {
        this.listener = listener;
    }

    /** Whether the listener has already received the same call. */
    synchronized boolean isRepeated(Callback callback, Model model) {
        int now = timesAdded(model);
        if (now != times) {
            times = now;
            calls.clear();
        }
        return times > 1 && calls.merge(callback, 1, Integer::sum) % times != 1;
    }

    /** Number of times that the listener was added to a network. */
    int timesAdded(Model model) {
        Collection<TrainingListener> listeners = WatchedNetwork.listeners(model);
        int count = 0;
        for (TrainingListener other : listeners) {
            count += other == listener ? 1 : 0;
        }
        return count;
    }
}
