package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thalweg.testing.ChildJvm;

/**
 * A command that takes seconds: run in separate processes that are stopped from outside while it works, then to its end
 * in this process.
 */
final class StoppedCommand {

    /**
     * Asks for the same shutdown as Ctrl-C's SIGINT does, which a process has to ignore whose ancestors were started in the
     * background by a shell. The JVM's exit code names the signal.
     */
    private static final String SIGNAL = "-TERM";

    private static final int ENDED_BY_SIGNAL = 128 + 15;

    private final Object[] words;

    /** @param words the command's name and arguments, but for the file that it writes */
    StoppedCommand(Object... words) {
        this.words = words;
    }

    /** How many points a file has. */
    interface Points {
        int of(Path file) throws IOException;
    }

    /**
     * Runs it to its end in three parts, the first killed and the second interrupted, and once without a stop.
     *
     * @param points counts those of a file while there are some to come
     * @param all how many there are in the end
     * @param seed of the test, for its messages
     */
    void finishInPartsAndInOne(Path broken, Path whole, Points points, int all, long seed)
            throws IOException, InterruptedException {
        killWhileItWorks(broken);
        int killedAt = points.of(broken);
        assertThat(killedAt).as("points when killed, seed %d", seed).isBetween(1, all - 1);
        interruptWhileItGoesOn(broken);
        assertThat(points.of(broken))
                .as("points when interrupted, seed %d", seed)
                .isBetween(killedAt, all - 1);
        finish(broken);
        finish(whole);
        assertThat(points.of(broken)).as("points in the end, seed %d", seed).isEqualTo(all);
    }

    /** Kills it with SIGKILL once it has written something. */
    private void killWhileItWorks(Path output) throws IOException, InterruptedException {
        try (ChildJvm child = start(output)) {
            // It is whole whenever it is there.
            for (int i = 0; i < 3000 && Files.notExists(output); i++) {
                Thread.sleep(20);
            }
            assertThat(output).as(child::read).exists();
            child.kill();
        }
    }

    /** Lets it continue its file, and asks it to stop once it does. */
    private void interruptWhileItGoesOn(Path output) throws IOException, InterruptedException {
        try (ChildJvm child = start(output)) {
            child.awaitLine("continuing " + output);
            new ProcessBuilder("kill", SIGNAL, Long.toString(child.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            assertThat(child.awaitEnd()).as(child::read).isEqualTo(ENDED_BY_SIGNAL);
            assertThat(child.read()).contains("stopped before the end");
        }
    }

    /** Runs it to its end. */
    private void finish(Path output) {
        StringWriter err = new StringWriter();
        assertThat(InProcess.execute(new StringWriter(), err, withOutput(output)))
                .as(err::toString)
                .isZero();
    }

    private ChildJvm start(Path output) throws IOException {
        return new ChildJvm(Thalweg.class, withOutput(output));
    }

    private Object[] withOutput(Path output) {
        return Stream.concat(Arrays.stream(words), Stream.of("-o", output)).toArray();
    }
}
