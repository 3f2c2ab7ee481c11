package org.thalweg.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The parts that this process works on: made when first asked for, kept until their objective is closed or the process
 * ends. A process on its way out, or one that gets a part which another has, costs time and memory, never a result.
 */
final class ExecutorParts {

    private record Key(long objective, int number) {}

    /** A part behind a lock: two attempts at one task may meet in a process. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable PartState state;
    }

    private static final Map<Key, Slot> SLOTS = new ConcurrentHashMap<>();

    private ExecutorParts() {}

    /**
     * Asks a part something.
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

    /** Frees what is kept of an objective. */
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
     * One OpenMP thread for a task, since an executor has a task for each of its cores. The setting is the thread's own, so
     * that a driver which is its own executor keeps its threads for the rest.
     */
    private static void useOneThread() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
}
