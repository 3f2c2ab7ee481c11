package org.thalweg.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The parts that this process works on: created on first use, kept until their objective is closed or the process ends.
 * An executor that is about to end, or gets a part that another one already has, costs time and memory but never
 * changes a result.
 */
final class ExecutorParts {

    private record Key(long objective, int number) {}

    /** A part behind a lock: two attempts at the same task may run in one process. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable PartState state;
    }

    private static final Map<Key, Slot> SLOTS = new ConcurrentHashMap<>();

    private ExecutorParts() {}

    /**
     * Runs a query on a part.
     *
     * @throws BackendException if ND4J does not work in this process
     */
    static <R> R use(Part part, PartContext context, Function<PartState, R> query) {
        BackendException.require();
        useOneThread();
        Slot slot = SLOTS.computeIfAbsent(new Key(part.objective(), part.number()), key -> new Slot());
        slot.lock.lock();
        try {
            if (slot.state == null) {
                slot.state = new PartState(part);
            }
            slot.state.set(context);
            return query.apply(slot.state);
        } finally {
            slot.lock.unlock();
        }
    }

    /** Frees all parts of an objective. */
    static void forget(long objective) {
        List<Key> keys = SLOTS.keySet().stream()
                .filter(key -> key.objective() == objective)
                .toList();
        for (Key key : keys) {
            Slot slot = SLOTS.remove(key);
            if (slot != null) {
                slot.lock.lock();
                try {
                    if (slot.state != null) {
                        slot.state.close();
                        slot.state = null;
                    }
                } finally {
                    slot.lock.unlock();
                }
            }
        }
    }

    /**
     * One OpenMP thread for each task, since an executor has a task for each of its cores. The setting applies to the
     * calling thread only, so a driver that is its own executor keeps its threads for everything else.
     */
    private static void useOneThread() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
}
