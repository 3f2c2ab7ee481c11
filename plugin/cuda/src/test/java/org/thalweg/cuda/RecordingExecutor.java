package org.thalweg.cuda;

import java.util.Collection;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Nd4jSpace;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.ElementTypes;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** ND4J's executor in place of a GPU's: it runs the same tapes and records all calls and results in a file. */
final class RecordingExecutor implements DeviceExecutor {

    private final Nd4jExecutor executor = new Nd4jExecutor();
    private final ReplayWriter writer;

    RecordingExecutor(ReplayWriter writer) {
        this.writer = writer;
    }

    /** The device of a recording. */
    static ComputeDevice device(ReplayWriter writer) {
        return new ComputeDevice() {

            @Override
            public String describe() {
                return "ND4J, recorded";
            }

            @Override
            public DeviceExecutor open() {
                return new RecordingExecutor(writer);
            }
        };
    }

    @Override
    public long budget() {
        return Long.MAX_VALUE;
    }

    @Override
    public VectorSpace space(long dimension, ElementType type) {
        return new Nd4jSpace(dimension, ElementTypes.dataType(type));
    }

    @Override
    public BoundTape bind(Tape tape) {
        int number = writer.bind(tape);
        BoundTape bound = executor.bind(tape);
        return new BoundTape() {

            @Override
            public void run() {
                writer.run(number);
                bound.run();
            }

            @Override
            public void close() {
                bound.close();
            }
        };
    }

    @Override
    public void upload(INDArray values, Tensor target) {
        executor.upload(values, target);
        writer.upload(target, values.castTo(DataType.DOUBLE).dup('c').data().asDouble());
    }

    @Override
    public void upload(double[] values, Tensor target) {
        executor.upload(values, target);
        writer.upload(target, values);
    }

    @Override
    public void upload(int[] values, Tensor target) {
        executor.upload(values, target);
        double[] numbers = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i];
        }
        writer.upload(target, numbers);
    }

    @Override
    public void download(Tensor source, INDArray target) {
        executor.download(source, target);
        writer.download(source, executor.download(source));
    }

    @Override
    public double[] download(Tensor source) {
        double[] values = executor.download(source);
        writer.download(source, values);
        return values;
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        executor.copy(from, to);
        writer.copy(from, to);
    }

    @Override
    public void free(Collection<Buffer> buffers) {
        executor.free(buffers);
        writer.free(List.copyOf(buffers));
    }

    @Override
    public void close() {
        executor.close();
    }
}
