package org.thalweg.cuda;

import static org.thalweg.cuda.CudaDriver.check;

import com.sun.jna.ptr.LongByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Device memory within a budget. Returned blocks are reused without calling the driver, because {@code cuMemAlloc}
 * waits for the device. The context must be current. Confined to one thread at a time.
 */
final class DeviceMemory implements AutoCloseable {

    /** Blocks start at multiples of this, so that wide loads are aligned. */
    private static final long GRAIN = 256;

    private final long budget;
    private final NavigableMap<Long, Deque<Long>> free = new TreeMap<>();
    private final Map<Long, Long> sizes = new HashMap<>();
    private long reserved;

    /** @param budget the most bytes to hold at a time */
    DeviceMemory(long budget) {
        this.budget = budget;
    }

    /**
     * A block of undefined content.
     *
     * @return its device address
     * @throws CudaException with code {@link CudaException#OUT_OF_MEMORY} if the budget or the device is exhausted
     */
    long take(long bytes) {
        long size = Math.max(GRAIN, (bytes + GRAIN - 1) / GRAIN * GRAIN);
        Map.Entry<Long, Deque<Long>> fitting = free.ceilingEntry(size);
        if (fitting != null && fitting.getKey() <= 2 * size) {
            long block = fitting.getValue().pop();
            if (fitting.getValue().isEmpty()) {
                free.remove(fitting.getKey());
            }
            return block;
        }
        if (reserved + size > budget) {
            trim();
        }
        if (reserved + size > budget) {
            throw new CudaException(
                    "cuMemAlloc of " + size + " bytes",
                    CudaException.OUT_OF_MEMORY,
                    "the budget of " + budget + " bytes has " + (budget - reserved) + " left");
        }
        return allocate(size);
    }

    private long allocate(long size) {
        LongByReference address = new LongByReference();
        int result = LibCuda.cuMemAlloc_v2(address, size);
        if (result == CudaException.OUT_OF_MEMORY && !free.isEmpty()) {
            trim();
            result = LibCuda.cuMemAlloc_v2(address, size);
        }
        check("cuMemAlloc of " + size + " bytes", result);
        reserved += size;
        sizes.put(address.getValue(), size);
        return address.getValue();
    }

    /** Returns a block, which a later {@link #take} may reuse. */
    void giveBack(long block) {
        Long size = sizes.get(block);
        if (size == null) {
            throw new IllegalArgumentException("no block at device address 0x" + Long.toHexString(block));
        }
        free.computeIfAbsent(size, s -> new ArrayDeque<>()).push(block);
    }

    /** Bytes taken from the driver. */
    long reserved() {
        return reserved;
    }

    /** Returns unused memory to the driver. */
    void trim() {
        free.values().forEach(blocks -> blocks.forEach(this::release));
        free.clear();
    }

    private void release(long block) {
        Long size = sizes.remove(block);
        if (size != null) {
            reserved -= size;
            // After a fault on the device nothing can be freed, and nothing needs to be.
            LibCuda.cuMemFree_v2(block);
        }
    }

    @Override
    public void close() {
        free.clear();
        for (Long block : sizes.keySet().toArray(Long[]::new)) {
            release(block);
        }
    }
}
