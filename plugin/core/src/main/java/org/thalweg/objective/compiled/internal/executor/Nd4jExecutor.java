package org.thalweg.objective.compiled.internal.executor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** Tapes on ND4J: each op is bound once to arrays over the buffers, as an op of ND4J's or a routine on the host. */
public final class Nd4jExecutor implements Executor {

    private final Map<Buffer, INDArray> memory = new HashMap<>();
    private final Nd4jOps ops = new Nd4jOps(this);

    @Override
    public boolean onHost() {
        return Nd4j.getEnvironment().isCPU();
    }

    @Override
    public boolean knows(Op op) {
        return !OPTIONAL.contains(op) || (onHost() && (op != Op.LSTM || hasOneDnn()));
    }

    /** Without it, ND4J's op for LSTMs has loops of its own. Only an initialized backend can tell. */
    private static boolean hasOneDnn() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
    }

    @Override
    public BoundTape bind(Tape tape) {
        List<Routine> routines = new ArrayList<>();
        for (Instruction instruction : tape.instructions()) {
            routines.add(ops.bind(instruction));
        }
        return new Bound(routines.toArray(new Routine[0]));
    }

    @Override
    public Tensor adopt(INDArray array) {
        Buffer buffer = new Buffer(ElementTypes.of(array.dataType()), array.length());
        memory.put(buffer, array.reshape('c', new long[] {array.length()}));
        return Tensor.of(buffer, array.shape());
    }

    @Override
    public void upload(INDArray values, Tensor target) {
        array(target).assign(values.reshape('c', target.shape()));
    }

    @Override
    public void upload(double[] values, Tensor target) {
        HostBuffer.of(this, target).put(values);
    }

    @Override
    public void upload(int[] values, Tensor target) {
        array(target).assign(Nd4j.createFromArray(values));
    }

    @Override
    public void download(Tensor source, INDArray target) {
        target.assign(array(source).reshape('c', target.shape()));
    }

    @Override
    public double[] download(Tensor source) {
        return HostBuffer.of(this, source).values();
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        array(to).assign(array(from));
    }

    @Override
    public void free(Collection<Buffer> buffers) {
        for (Buffer buffer : buffers) {
            INDArray array = memory.remove(buffer);
            if (array != null) {
                array.close();
            }
        }
    }

    @Override
    public void close() {
        free(List.copyOf(memory.keySet()));
    }

    /** The memory of a buffer, as a vector. */
    INDArray whole(Buffer buffer) {
        return memory.computeIfAbsent(buffer, Nd4jExecutor::allocate);
    }

    /** A tensor as an array; a broadcast axis has the size 1, which ND4J's ops broadcast again. */
    INDArray array(Tensor tensor) {
        INDArray whole = whole(tensor.buffer());
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        for (int axis = 0; axis < shape.length; axis++) {
            if (strides[axis] == 0) {
                shape[axis] = 1;
                strides[axis] = 1;
            }
        }
        return Nd4j.create(whole.data(), shape, strides, tensor.offset(), 'c');
    }

    private static INDArray allocate(Buffer buffer) {
        // A workspace that is open on this thread would reclaim the memory when it closes.
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return Nd4j.createUninitialized(ElementTypes.dataType(buffer.type()), buffer.length());
        }
    }

    /** One bound op. */
    interface Routine {

        void run();

        /** Frees what the routine holds. */
        default void close() {}
    }

    private record Bound(Routine[] routines) implements BoundTape {

        @Override
        public void run() {
            for (Routine routine : routines) {
                routine.run();
            }
        }

        @Override
        public void close() {
            for (Routine routine : routines) {
                routine.close();
            }
        }
    }
}
