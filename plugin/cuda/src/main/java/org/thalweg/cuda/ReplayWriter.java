package org.thalweg.cuda;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Records an executor's calls with their inputs and results, so that {@link Replay} can repeat them on a GPU elsewhere.
 * All numbers are written as doubles.
 */
final class ReplayWriter implements AutoCloseable {

    static final String MAGIC = "thalweg replay 1";

    private final DataOutputStream out;
    private final IdentityHashMap<Buffer, Integer> buffers = new IdentityHashMap<>();
    private int tapes;
    private int nextBuffer;

    /** The kinds of events. */
    enum Event {
        UPLOAD,
        BIND,
        RUN,
        DOWNLOAD,
        COPY,
        FREE,
        END
    }

    ReplayWriter(Path file) {
        try {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
            out.writeUTF(MAGIC);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private interface Body {
        void write() throws IOException;
    }

    private void event(Event event, Body body) {
        try {
            out.writeUTF(event.name());
            body.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void upload(Tensor target, double[] values) {
        event(Event.UPLOAD, () -> {
            tensor(target);
            numbers(values);
        });
    }

    void download(Tensor source, double[] expected) {
        event(Event.DOWNLOAD, () -> {
            tensor(source);
            numbers(expected);
        });
    }

    void copy(Tensor from, Tensor to) {
        event(Event.COPY, () -> {
            tensor(from);
            tensor(to);
        });
    }

    void free(Collection<Buffer> freed) {
        List<Integer> known =
                freed.stream().filter(buffers::containsKey).map(buffers::remove).toList();
        event(Event.FREE, () -> {
            out.writeInt(known.size());
            for (int number : known) {
                out.writeInt(number);
            }
        });
    }

    /** Records that a tape is bound, and returns its number for {@link #run}. */
    int bind(Tape tape) {
        event(Event.BIND, () -> {
            out.writeInt(tape.instructions().size());
            for (Instruction instruction : tape.instructions()) {
                instruction(instruction);
            }
        });
        return tapes++;
    }

    void run(int tape) {
        event(Event.RUN, () -> out.writeInt(tape));
    }

    private void instruction(Instruction instruction) throws IOException {
        out.writeUTF(instruction.op().name());
        out.writeUTF(instruction.host());
        for (List<Tensor> tensors : List.of(instruction.inputs(), instruction.outputs())) {
            out.writeInt(tensors.size());
            for (Tensor tensor : tensors) {
                tensor(tensor);
            }
        }
        numbers(instruction.reals());
        longs(instruction.integers());
    }

    /** A buffer is described at its first occurrence. */
    private void tensor(Tensor tensor) throws IOException {
        Buffer buffer = tensor.buffer();
        Integer known = buffers.get(buffer);
        int number = known == null ? nextBuffer++ : known;
        out.writeInt(number);
        out.writeBoolean(known == null);
        if (known == null) {
            buffers.put(buffer, number);
            out.writeUTF(buffer.type().name());
            out.writeLong(buffer.length());
        }
        out.writeLong(tensor.offset());
        longs(tensor.shape());
        longs(tensor.strides());
    }

    private void numbers(double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private void longs(long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    @Override
    public void close() {
        event(Event.END, () -> {});
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
