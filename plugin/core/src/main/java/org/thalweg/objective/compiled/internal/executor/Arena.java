package org.thalweg.objective.compiled.internal.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Buffers for the tensors of a recording. The buffer of a returned tensor is reused for a later one that is no larger.
 * {@link #rewind} makes all of them available to a recording that never runs at the same time. This takes no memory: an
 * executor allocates when it binds tapes.
 */
public final class Arena {

    private final ElementType type;
    private final List<Buffer> buffers = new ArrayList<>();
    private final Map<ElementType, NavigableMap<Long, Deque<Buffer>>> free = new EnumMap<>(ElementType.class);
    private final IdentityHashMap<Tensor, Buffer> taken = new IdentityHashMap<>();

    /** @param type of tensors taken without a type */
    public Arena(ElementType type) {
        this.type = type;
    }

    /** A row-major tensor of undefined content. */
    public Tensor take(long... shape) {
        return take(type, shape);
    }

    /** A row-major tensor of a type, of undefined content. */
    public Tensor take(ElementType elements, long... shape) {
        long length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Buffer buffer = reuseOrMake(elements, length);
        Tensor tensor = Tensor.of(buffer, shape);
        taken.put(tensor, buffer);
        return tensor;
    }

    /** Whether this very tensor, not a view of it, was taken here and is not given back yet. */
    public boolean owns(Tensor tensor) {
        return taken.containsKey(tensor);
    }

    /** Makes this tensor's buffer available to a later {@link #take}; ignores tensors from elsewhere. */
    public void giveBack(Tensor tensor) {
        Buffer buffer = taken.remove(tensor);
        if (buffer != null) {
            free.computeIfAbsent(buffer.type(), key -> new TreeMap<>())
                    .computeIfAbsent(buffer.length(), length -> new ArrayDeque<>())
                    .push(buffer);
        }
    }

    /** Gives everything back. */
    public void rewind() {
        List.copyOf(taken.keySet()).forEach(this::giveBack);
    }

    /** All buffers so far. */
    public List<Buffer> buffers() {
        return buffers;
    }

    /** Bytes of all buffers so far. */
    public long bytes() {
        return buffers.stream().mapToLong(Buffer::bytes).sum();
    }

    /** The smallest free buffer that is large enough, unless it is far too large. */
    private Buffer reuseOrMake(ElementType elements, long length) {
        NavigableMap<Long, Deque<Buffer>> lengths = free.getOrDefault(elements, new TreeMap<>());
        for (Deque<Buffer> candidates :
                lengths.subMap(length, true, 2 * length, true).values()) {
            if (!candidates.isEmpty()) {
                return candidates.pop();
            }
        }
        Buffer buffer = new Buffer(elements, length);
        buffers.add(buffer);
        return buffer;
    }
}
