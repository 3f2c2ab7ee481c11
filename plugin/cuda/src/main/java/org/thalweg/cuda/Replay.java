package org.thalweg.cuda;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.thalweg.cuda.ReplayWriter.Event;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Repeats a recording of an executor's calls on a GPU and compares the results. It needs neither ND4J nor
 * Deeplearning4j.
 */
public final class Replay {

    private final DataInputStream in;
    private final Executor executor;
    private final Map<Integer, Buffer> buffers = new HashMap<>();
    private final List<BoundTape> tapes = new ArrayList<>();
    private final List<double[]> downloads = new ArrayList<>();
    private double deviation;
    private int runs;

    private Replay(DataInputStream in, Executor executor) {
        this.in = in;
        this.executor = executor;
    }

    /**
     * The result of a replay.
     *
     * @param downloads all downloaded numbers, in order
     * @param deviation the largest distance of an array from the recorded one, relative to its norm
     * @param runs number of runs of tapes
     * @param seconds total time
     */
    record Outcome(List<double[]> downloads, double deviation, int runs, double seconds) {

        /** Whether another replay has the same bits. */
        boolean sameBits(Outcome other) {
            boolean same = downloads.size() == other.downloads.size();
            for (int i = 0; same && i < downloads.size(); i++) {
                same = Arrays.equals(downloads.get(i), other.downloads.get(i));
            }
            return same;
        }
    }

    /**
     * Replays files on the first usable GPU and prints the results.
     *
     * @param arguments number of replays of each file, then the files
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || !arguments[0].matches("[1-9]\\d{0,5}")) {
            System.err.println("usage: replay TIMES FILE...");
            System.exit(2);
        }
        ComputeDevice device = new CudaProvider().device(OptionalInt.empty());
        System.out.println(device.describe());
        System.out.println("| file | runs of tapes | largest deviation | same bits | ms, first | ms, last |");
        System.out.println("|---|---|---|---|---|---|");
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            Outcome first = of(Path.of(file), device);
            Outcome last = first;
            boolean same = true;
            for (int i = 1; i < Integer.parseInt(arguments[0]); i++) {
                last = of(Path.of(file), device);
                same &= last.sameBits(first);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1e | %s | %.1f | %.1f |%n",
                    Path.of(file).getFileName(),
                    first.runs(),
                    first.deviation(),
                    same ? "yes" : "NO",
                    1e3 * first.seconds(),
                    1e3 * last.seconds());
        }
    }

    /**
     * Replays a file once, on a new executor.
     *
     * @throws IOException if it cannot be read or is not a recording
     */
    static Outcome of(Path file, ComputeDevice device) throws IOException {
        long start = System.nanoTime();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
                Executor executor = device.open()) {
            if (!in.readUTF().equals(ReplayWriter.MAGIC)) {
                throw new IOException(file + " is no recording: it must begin with '" + ReplayWriter.MAGIC + "'");
            }
            Replay replay = new Replay(in, executor);
            boolean more = true;
            while (more) {
                more = replay.next(Event.valueOf(in.readUTF()));
            }
            return new Outcome(replay.downloads, replay.deviation, replay.runs, (System.nanoTime() - start) / 1e9);
        }
    }

    /** Whether there may be more events. */
    private boolean next(Event event) throws IOException {
        switch (event) {
            case UPLOAD -> upload(tensor(), numbers());
            case BIND -> tapes.add(executor.bind(tape()));
            case RUN -> {
                tapes.get(in.readInt()).run();
                runs++;
            }
            case DOWNLOAD -> compare(executor.download(tensor()), numbers());
            case COPY -> executor.copy(tensor(), tensor());
            case FREE -> {
                List<Buffer> freed = new ArrayList<>();
                for (int i = in.readInt(); i > 0; i--) {
                    freed.add(buffers.remove(in.readInt()));
                }
                executor.free(freed);
            }
            case END -> {
                return false;
            }
        }
        return true;
    }

    private void upload(Tensor target, double[] values) {
        if (target.type() == ElementType.INT) {
            executor.upload(Arrays.stream(values).mapToInt(value -> (int) value).toArray(), target);
        } else {
            executor.upload(values, target);
        }
    }

    private void compare(double[] found, double[] expected) {
        downloads.add(found);
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            distance += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        double share = distance == 0 ? 0 : Math.sqrt(distance / norm);
        // A NaN counts as an infinite deviation.
        deviation = share >= 0 ? Math.max(deviation, share) : Double.POSITIVE_INFINITY;
    }

    private Tape tape() throws IOException {
        Tape tape = new Tape();
        for (int i = in.readInt(); i > 0; i--) {
            Op op = Op.valueOf(in.readUTF());
            String host = in.readUTF();
            tape.record(new Instruction(op, host, tensors(), tensors(), numbers(), longs()));
        }
        return tape;
    }

    private List<Tensor> tensors() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            tensors.add(tensor());
        }
        return tensors;
    }

    private Tensor tensor() throws IOException {
        int number = in.readInt();
        if (in.readBoolean()) {
            buffers.put(number, new Buffer(ElementType.valueOf(in.readUTF()), in.readLong()));
        }
        Buffer buffer = buffers.get(number);
        if (buffer == null) {
            throw new IOException("the recording uses buffer " + number + " before it says what it is");
        }
        return new Tensor(buffer, in.readLong(), longs(), longs());
    }

    private double[] numbers() throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private long[] longs() throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }
}
