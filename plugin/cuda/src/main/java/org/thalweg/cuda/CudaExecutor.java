package org.thalweg.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.ElementTypes;
import org.thalweg.objective.compiled.internal.executor.PointMemory;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Tapes on a GPU. A bound tape is a graph of launches that one call of the driver runs; only reads wait for the device.
 * The same tape gives the same bits in every run.
 *
 * <p>Confined to one thread at a time. Every method may throw a {@link CudaException}.
 */
final class CudaExecutor implements DeviceExecutor {

    private static final Logger log = LoggerFactory.getLogger(CudaExecutor.class);

    private final CudaContext context;
    private final CudaStream stream;
    private final KernelModule kernels;
    private final DeviceMemory memory;
    private final DeviceBuffers buffers;
    private final CudaOps ops;
    private final VectorOps vectors;
    private final HostTransfer transfer;
    private final long budget;
    private final Set<Bound> bound = new LinkedHashSet<>();
    private boolean open = true;

    /**
     * @param context of the device; closed with this
     * @param budget bytes of device memory at most
     */
    CudaExecutor(CudaContext context, long budget) {
        this.context = context;
        this.budget = budget;
        CudaStream opened = null;
        try (CudaContext.Scope scope = context.enter()) {
            opened = new CudaStream();
            this.kernels = KernelModule.load();
        } catch (CudaException e) {
            if (opened != null) {
                opened.close();
            }
            context.close();
            throw e;
        }
        this.stream = opened;
        this.memory = new DeviceMemory(budget);
        this.buffers = new DeviceBuffers(memory);
        this.ops = new CudaOps(new KernelOperands(buffers));
        this.vectors = new VectorOps(buffers);
        this.transfer = new HostTransfer(this, context, stream, buffers);
    }

    @Override
    public long budget() {
        return budget;
    }

    @Override
    public BoundTape bind(Tape tape) {
        return bind(tape, new KernelOperands(buffers));
    }

    @Override
    public BoundTape bind(Tape tape, PointMemory pointMemory, int points) {
        return bind(tape, new KernelOperands(buffers, pointMemory, points));
    }

    private BoundTape bind(Tape tape, KernelOperands operands) {
        CudaOps its = new CudaOps(operands);
        List<TapePart> parts = new ArrayList<>();
        try (CudaContext.Scope scope = context.enter()) {
            List<Launch> launches = new ArrayList<>();
            for (Instruction instruction : tape.instructions()) {
                if (instruction.op() == Op.HOST) {
                    addGraph(launches, parts);
                    for (int point = 0; point < (operands.varies(instruction) ? operands.points() : 1); point++) {
                        parts.add(new HostCall(this, operands.at(instruction, point)));
                    }
                } else {
                    launches.addAll(its.launches(instruction));
                }
            }
            addGraph(launches, parts);
            Bound made = new Bound(parts, buffers.takeScratches());
            bound.add(made);
            return made;
        } catch (RuntimeException e) {
            parts.forEach(TapePart::close);
            buffers.giveBack(buffers.takeScratches());
            throw e;
        }
    }

    /** Turns the collected launches into one part. */
    private void addGraph(List<Launch> launches, List<TapePart> parts) {
        if (!launches.isEmpty()) {
            // Kernels are looked up before the capture, in which the driver may not compile.
            launches.forEach(launch -> kernels.kernel(launch.kernel()));
            parts.add(new GraphPart(stream.capture(() -> launches.forEach(launch -> launch.on(stream, kernels)))));
            launches.clear();
        }
    }

    @Override
    public void upload(INDArray values, Tensor target) {
        INDArray dense = values.castTo(ElementTypes.dataType(target.type())).dup('c');
        Nd4j.getExecutioner().commit();
        transfer.send(new Pointer(dense.data().address()), target);
        dense.close();
    }

    @Override
    public void upload(double[] values, Tensor target) {
        Memory host = new Memory(HostTransfer.bytes(target));
        switch (target.type()) {
            case DOUBLE -> host.write(0, values, 0, values.length);
            case FLOAT -> host.write(0, rounded(values), 0, values.length);
            case INT ->
                host.write(
                        0, Arrays.stream(values).mapToInt(value -> (int) value).toArray(), 0, values.length);
        }
        transfer.send(host, target);
    }

    @Override
    public void upload(int[] values, Tensor target) {
        Memory host = new Memory((long) Integer.BYTES * values.length);
        host.write(0, values, 0, values.length);
        transfer.send(host, target);
    }

    @Override
    public void download(Tensor source, INDArray target) {
        target.assign(Nd4j.create(download(source), target.shape(), 'c').castTo(target.dataType()));
    }

    @Override
    public double[] download(Tensor source) {
        int length = Math.toIntExact(source.length());
        Memory host = new Memory(HostTransfer.bytes(source));
        transfer.receive(source, host);
        return switch (source.type()) {
            case DOUBLE -> host.getDoubleArray(0, length);
            case FLOAT -> widened(host.getFloatArray(0, length));
            case INT ->
                Arrays.stream(host.getIntArray(0, length)).asDoubleStream().toArray();
        };
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        run(Op.COPY, List.of(from), to);
    }

    @Override
    public VectorSpace space(long dimension, ElementType type) {
        return new CudaSpace(this, dimension, type);
    }

    /** Queues an op. */
    void run(Op op, List<Tensor> inputs, Tensor output, double... reals) {
        run(() -> ops.launches(new Instruction(op, "", inputs, List.of(output), reals, new long[0])));
    }

    /** Queues launches; they are made while the context is current, because they may need memory. */
    void run(Supplier<List<Launch>> launches) {
        try (CudaContext.Scope scope = context.enter()) {
            launches.get().forEach(launch -> launch.on(stream, kernels));
        } finally {
            // The next work that uses them is queued behind.
            buffers.giveBack(buffers.takeScratches());
        }
    }

    VectorOps vectors() {
        return vectors;
    }

    @Override
    public void free(Collection<Buffer> freed) {
        // Queued work may still use them; the next work that uses them is queued behind it.
        freeing(() -> buffers.free(freed));
    }

    @Override
    public void close() {
        freeing(() -> bound.forEach(Bound::destroy));
        freeing(() -> {
            buffers.close();
            memory.close();
            kernels.close();
            stream.close();
        });
        open = false;
        context.close();
    }

    /**
     * Frees resources. A device that fails to do so has freed everything already, or does when its context is closed.
     */
    private void freeing(Runnable work) {
        if (!open) {
            return;
        }
        try (CudaContext.Scope scope = context.enter()) {
            work.run();
        } catch (CudaException e) {
            log.debug("cannot free memory of {}", context.device(), e);
        }
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Ops on the device, between two routines on the host. */
    private final class GraphPart implements TapePart {

        private final CudaGraph graph;

        GraphPart(CudaGraph graph) {
            this.graph = graph;
        }

        @Override
        public void run() {
            try (CudaContext.Scope scope = context.enter()) {
                graph.launch(stream);
            }
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    /** A bound tape with its kernels' scratch memory. */
    private final class Bound implements BoundTape {

        private final List<TapePart> parts;
        private final List<Long> scratches;

        Bound(List<TapePart> parts, List<Long> scratches) {
            this.parts = List.copyOf(parts);
            this.scratches = scratches;
        }

        @Override
        public void run() {
            parts.forEach(TapePart::run);
        }

        @Override
        public void close() {
            if (bound.remove(this)) {
                freeing(() -> {
                    stream.await();
                    destroy();
                });
            }
        }

        private void destroy() {
            parts.forEach(TapePart::close);
            buffers.giveBack(scratches);
        }
    }
}
