package org.thalweg.objective.compiled.internal.executor;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Copies of a tape's buffers for several points, which run at once: a buffer that depends on the point has a copy for
 * each, side by side in a whole buffer; all others are shared. Like buffers, it holds no numbers.
 */
public final class PointMemory {

    /** Copies begin at multiples of so many elements, so that each is aligned like the first. */
    private static final long GRAIN = 64;

    private final int points;
    private final IdentityHashMap<Buffer, Buffer> wholes = new IdentityHashMap<>();

    /**
     * @param written buffers that depend on the point: all that the tape writes, and the parameters
     * @param points number of copies
     */
    public PointMemory(Collection<Buffer> written, int points) {
        this.points = points;
        written.forEach(buffer -> wholes.put(buffer, new Buffer(buffer.type(), points * grained(buffer))));
    }

    /** Bytes that one point's copies take. */
    public static long bytesPerPoint(Collection<Buffer> written) {
        return written.stream()
                .mapToLong(buffer -> grained(buffer) * buffer.type().bytes())
                .sum();
    }

    private static long grained(Buffer buffer) {
        return (buffer.length() + GRAIN - 1) / GRAIN * GRAIN;
    }

    /** The largest number of points. */
    public int points() {
        return points;
    }

    /** The buffers that hold all points' copies. */
    public Collection<Buffer> wholes() {
        return wholes.values();
    }

    /** Number of elements from a point's copy of a buffer to the next one's; 0 if they share it. */
    public long distance(Tensor tensor) {
        return wholes.containsKey(tensor.buffer()) ? grained(tensor.buffer()) : 0;
    }

    /** A point's copy of a tensor, or the tensor itself if it is shared. */
    public Tensor at(Tensor tensor, int point) {
        Buffer whole = wholes.get(tensor.buffer());
        return whole == null
                ? tensor
                : new Tensor(whole, tensor.offset() + point * distance(tensor), tensor.shape(), tensor.strides());
    }

    /** The copies of a tensor for the first few points, {@code [count, ...]}. */
    public Tensor all(Tensor tensor, int count) {
        Tensor first = at(tensor, 0);
        long[] shape = prepended(count, first.shape());
        return new Tensor(first.buffer(), first.offset(), shape, prepended(distance(tensor), first.strides()));
    }

    private static long[] prepended(long first, long[] rest) {
        long[] all = new long[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** Whether an instruction gives another result for each point. */
    public boolean varies(Instruction instruction) {
        return instruction.outputs().stream().anyMatch(output -> distance(output) > 0);
    }

    /** An instruction at one point. */
    public Instruction at(Instruction instruction, int point) {
        return new Instruction(
                instruction.op(),
                instruction.host(),
                at(instruction.inputs(), point),
                at(instruction.outputs(), point),
                instruction.reals(),
                instruction.integers());
    }

    private List<Tensor> at(List<Tensor> tensors, int point) {
        return tensors.stream().map(tensor -> at(tensor, point)).toList();
    }

    /** A tape that computes one point after another: what running it at several points means. */
    public Tape unrolled(Tape tape, int count) {
        Tape unrolled = new Tape();
        for (Instruction instruction : tape.instructions()) {
            for (int point = 0; point < (varies(instruction) ? count : 1); point++) {
                unrolled.record(at(instruction, point));
            }
        }
        return unrolled;
    }

    @Override
    public String toString() {
        return points + " copies of " + Arrays.toString(wholes.keySet().toArray());
    }
}
