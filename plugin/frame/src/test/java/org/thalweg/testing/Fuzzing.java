package org.thalweg.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A reader and damaged files: it either reads them or reports the reason in one line with the file's name, and it does
 * so quickly. There are 1,000 files for each reader, or as many as {@code -Dthalweg.mutations=100000} says. A reader
 * that does not return is left in its thread, and the file is kept.
 */
public final class Fuzzing {

    private static final int MUTATIONS = Integer.getInteger("thalweg.mutations", 1000);

    /** CPU time, not wall time: a busy machine may stop for a while. */
    private static final double MOST_SECONDS = 20;

    /** Wall time, for a reader that waits. */
    private static final double MOST_SECONDS_OF_WALL = 600;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path file;
    private final byte[] whole;
    private final Random random;

    /** Ways to damage an intact file. */
    public Fuzzing(Path file, long seed) throws IOException {
        this.file = file;
        this.whole = Files.readAllBytes(file);
        this.random = new Random(seed);
    }

    /** Reads a file. */
    @FunctionalInterface
    public interface Target<T> {
        /** What is in it. */
        T read() throws IOException;
    }

    /** Sees to it that a reader names the file, or reads whatever it reads. */
    public <T> void survives(Target<T> target) throws IOException {
        run(target, value -> {});
    }

    /** Checks that a reader names the file, or reads the same as from the intact file. */
    public <T> void findsEveryChange(Target<T> target) throws IOException {
        String expected = Values.text(target.read());
        run(target, value -> assertThat(Values.text(value)).isEqualTo(expected));
    }

    private <T> void run(Target<T> target, Consumer<T> check) throws IOException {
        Reader reader = new Reader();
        Mutator mutator = new Mutator(random);
        int refused = 0;
        try {
            for (int i = 0; i < MUTATIONS; i++) {
                // Some file systems force a file to the disk when it is truncated and written again.
                Files.delete(file);
                Files.write(file, mutator.mutated(whole));
                try {
                    check.accept(reader.read(target, i));
                } catch (IOException e) {
                    refused++;
                    assertThat(e.getMessage())
                            .as("mutation %d", i)
                            .contains(file.getFileName().toString())
                            .doesNotContain("\n", "Exception: null", "cannot be read: null");
                } catch (RuntimeException | Error e) {
                    fail("mutation " + i + ", kept as " + kept(), e);
                }
            }
        } finally {
            reader.executor.shutdownNow();
        }
        assertThat(refused).as("files refused").isPositive();
        Files.write(file, whole);
    }

    private Path kept() throws IOException {
        return Files.copy(file, Files.createTempDirectory("fuzzing").resolve(file.getFileName()));
    }

    /** The reader's thread. */
    private final class Reader {

        private final Thread[] thread = new Thread[1];

        private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
            thread[0] = new Thread(task, "fuzzing " + file.getFileName());
            thread[0].setDaemon(true);
            return thread[0];
        });

        <T> T read(Target<T> target, int mutation) throws IOException {
            Future<T> value = executor.submit(target::read);
            double begun = processorSeconds();
            long beginning = System.nanoTime();
            while (true) {
                try {
                    return value.get(1, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    throw rethrown(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted in mutation " + mutation, e);
                } catch (TimeoutException e) {
                    double wall = (System.nanoTime() - beginning) / 1e9;
                    if (processorSeconds() - begun > MOST_SECONDS || wall > MOST_SECONDS_OF_WALL) {
                        AssertionError error = new AssertionError("still reading after " + Math.round(wall) + " s");
                        error.setStackTrace(thread[0].getStackTrace());
                        throw error;
                    }
                }
            }
        }

        private double processorSeconds() {
            return THREADS.getThreadCpuTime(thread[0].getId()) / 1e9;
        }

        private static IOException rethrown(ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException exception) {
                throw exception;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            return cause instanceof IOException exception ? exception : new IOException(e);
        }
    }
}
