package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.executor.PointMemory;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Values of a plan at several points at once, on a device: a small network at one point leaves most of a GPU idle. Each
 * value has the bits that it has alone.
 */
final class PointBatch implements AutoCloseable {

    /** More of them would delay a request to stop, and gain little. */
    private static final int MOST_POINTS = 16;

    /** One point whose buffers take as much keeps a GPU busy. */
    private static final long MOST_BYTES = 512L << 20;

    private final ExecutionPlan plan;
    private final DeviceExecutor device;
    private final Tape values;
    private final PointMemory memory;
    private final Map<Integer, BoundTape> bound = new HashMap<>();

    private PointBatch(ExecutionPlan plan, DeviceExecutor device, Tape values, PointMemory memory) {
        this.plan = plan;
        this.device = device;
        this.values = values;
        this.memory = memory;
    }

    /**
     * As many points as fit; empty if only one does, or the plan is not on a device.
     *
     * @param plan has been moved to some parameters
     * @param available bytes for the points' buffers
     */
    static Optional<PointBatch> within(ExecutionPlan plan, long available) {
        if (!(plan.executor() instanceof DeviceExecutor device)) {
            return Optional.empty();
        }
        Tape tape = plan.valueTape();
        Collection<Buffer> written = written(tape, plan.point());
        long fitting = Math.min(MOST_BYTES, available) / PointMemory.bytesPerPoint(written);
        if (fitting < 2) {
            return Optional.empty();
        }
        PointMemory memory = new PointMemory(written, (int) Math.min(MOST_POINTS, fitting));
        PointBatch batch = new PointBatch(plan, device, tape, memory);
        // What a run does not write, such as the accuracy of a regression, has the plan's numbers.
        for (int point = 0; point < memory.points(); point++) {
            device.copy(plan.results(), memory.at(plan.results(), point));
        }
        return Optional.of(batch);
    }

    private static Collection<Buffer> written(Tape tape, Tensor parameters) {
        Set<Buffer> written = Collections.newSetFromMap(new IdentityHashMap<>());
        written.add(parameters.buffer());
        for (Instruction instruction : tape.instructions()) {
            instruction.outputs().forEach(output -> written.add(output.buffer()));
        }
        return written;
    }

    /** The largest number of points. */
    int points() {
        return memory.points();
    }

    /** Bytes of all points' buffers. */
    long bytes() {
        return memory.wholes().stream().mapToLong(Buffer::bytes).sum();
    }

    /** The parameters of the first few points in the kernels' order of rows, {@code [count, P]}. */
    Tensor parameters(int count) {
        return memory.all(plan.point(), count);
    }

    /**
     * The values of the plan's whole probe at the first few points.
     *
     * @param moved records what writes their {@link #parameters}; asked once for each count
     */
    List<ObjectiveValue> values(int count, Tape moved) {
        bound.computeIfAbsent(count, points -> {
                    Tape tape = new Tape();
                    moved.instructions().forEach(tape::record);
                    values.instructions().forEach(tape::record);
                    return device.bind(tape, memory, points);
                })
                .run();
        double[] sums = device.download(memory.all(plan.results(), count));
        int each = sums.length / count;
        List<ObjectiveValue> found = new ArrayList<>();
        for (int point = 0; point < count; point++) {
            found.add(plan.value(Arrays.copyOfRange(sums, point * each, (point + 1) * each)));
        }
        return found;
    }

    @Override
    public void close() {
        bound.values().forEach(BoundTape::close);
        device.free(memory.wholes());
    }
}
