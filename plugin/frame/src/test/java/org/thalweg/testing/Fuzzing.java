package org.thalweg.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A reader and damaged files: it reads them or says in one line, with the file's name, why not; and it does so at once.
 * 1,000 files a reader, and as many as {@code -Dthalweg.mutations=100000} says.
 */
public final class Fuzzing {

    private static final int MUTATIONS = Integer.getInteger("thalweg.mutations", 1000);

    private static final double MOST_SECONDS = 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path file;
    private final byte[] whole;
    private final Random random;

    /** Damages to a file, which is whole. */
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

    /** Sees to it that a reader names the file, or reads what it read when the file was whole. */
    public <T> void findsEveryChange(Target<T> target) throws IOException {
        String expected = Values.text(target.read());
        run(target, value -> assertThat(Values.text(value)).isEqualTo(expected));
    }

    private <T> void run(Target<T> target, Consumer<T> check) throws IOException {
        Mutator mutator = new Mutator(random);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            // Some file systems force a file to the disk when it is truncated and written again.
            Files.delete(file);
            Files.write(file, mutator.mutated(whole));
            long begun = THREADS.getCurrentThreadCpuTime();
            try {
                check.accept(target.read());
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("mutation %d", i)
                        .contains(file.getFileName().toString())
                        .doesNotContain("\n", "Exception: null", "cannot be read: null");
            } catch (RuntimeException | Error e) {
                Path kept =
                        Files.copy(file, Files.createTempDirectory("fuzzing").resolve(file.getFileName()));
                fail("mutation " + i + ", kept as " + kept, e);
            }
            // Not of the wall: a machine with other things to do may stop for a while. What waits for ever exceeds the
            // test's.
            assertThat((THREADS.getCurrentThreadCpuTime() - begun) / 1e9)
                    .as("processor seconds, mutation %d", i)
                    .isLessThan(MOST_SECONDS);
        }
        assertThat(refused).as("files refused").isPositive();
        Files.write(file, whole);
    }
}
