package org.thalweg.objective.compiled.internal.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays of one recording. The memory of an array given back is handed out again for a later one that is no larger;
 * {@link #rewind} hands all of them out again, to a recording that never runs at the same time.
 */
public final class Arena implements AutoCloseable {

    private final DataType type;
    private final List<INDArray> buffers = new ArrayList<>();
    private final NavigableMap<Long, Deque<INDArray>> free = new TreeMap<>();
    private final IdentityHashMap<INDArray, INDArray> bufferOf = new IdentityHashMap<>();

    public Arena(DataType type) {
        this.type = type;
    }

    /** A row-major array of undefined content. */
    public INDArray take(long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        INDArray buffer = reuseOrAllocate(length);
        INDArray whole = buffer.length() == length ? buffer : buffer.get(NDArrayIndex.interval(0, length));
        INDArray array = whole.reshape('c', shape);
        bufferOf.put(array, buffer);
        return array;
    }

    /** Whether an array was handed out here and not given back since. */
    public boolean owns(INDArray array) {
        return bufferOf.containsKey(array);
    }

    /** Lets a later {@link #take} have this array's memory; arrays of other origin are left alone. */
    public void giveBack(INDArray array) {
        INDArray buffer = bufferOf.remove(array);
        if (buffer != null) {
            free.computeIfAbsent(buffer.length(), length -> new ArrayDeque<>()).push(buffer);
        }
    }

    /** Gives everything back. */
    public void rewind() {
        List.copyOf(bufferOf.keySet()).forEach(this::giveBack);
    }

    /** Bytes allocated so far. */
    public long bytes() {
        return buffers.stream().mapToLong(INDArray::length).sum() * type.width();
    }

    /** The smallest free buffer that is large enough, unless it is far too large. */
    private INDArray reuseOrAllocate(long length) {
        for (Map.Entry<Long, Deque<INDArray>> candidates :
                free.subMap(length, true, 2 * length, true).entrySet()) {
            if (!candidates.getValue().isEmpty()) {
                return candidates.getValue().pop();
            }
        }
        return allocate(length);
    }

    private INDArray allocate(long length) {
        // A workspace that happens to be open on this thread would take the memory back when it closes.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray buffer = Nd4j.createUninitialized(type, length);
            buffers.add(buffer);
            return buffer;
        }
    }

    @Override
    public void close() {
        buffers.forEach(INDArray::close);
        buffers.clear();
        free.clear();
        bufferOf.clear();
    }
}
