package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.RunLock;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

@Timeout(180)
class RunLockTest {

    private final long seed = Seeds.fresh("RunLockTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));
    private final RunProvenance provenance = new RandomFrames(new Random(seed)).provenance("held");

    @TempDir
    private Path temporary;

    private Path run;

    @BeforeEach
    void record() throws IOException {
        run = temporary.resolve("run");
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(provenance);
            recorder.frame(random.frame(0));
        }
    }

    @Test
    void aSecondRecorderOfOneProcessIsRefusedByAnyPath() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), run);
        try (RunRecorder first = new RunRecorder(run, 0)) {
            first.start(provenance);
            for (Path path : new Path[] {run, link, temporary.resolve("../" + temporary.getFileName() + "/run")}) {
                assertThatThrownBy(() -> new RunRecorder(path, 9).start(provenance))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(path + " is being written by this process")
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid() + ", since ");
            }
            first.frame(random.frame(1));
        }
        assertThatCode(() -> start(run)).doesNotThrowAnyException();
    }

    @Test
    void anotherProcessIsNamedWithItsStartAndFreesTheRunWhenItIsKilled() throws Exception {
        try (ChildJvm child = new ChildJvm(HoldingRun.class, run, seed)) {
            child.awaitLine("holds it");
            Instant now = Instant.now();
            assertThatThrownBy(() -> start(run))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("output directory " + run + " is being written by process " + child.pid())
                    .satisfies(refusal -> assertThat(since(refusal)).isBetween(now.minusSeconds(180), now));
            assertThat(RunReader.open(run).isBeingWritten()).isTrue();
            child.kill();
        }
        assertThat(RunReader.open(run).isBeingWritten()).isFalse();
        assertThatCode(() -> start(run)).doesNotThrowAnyException();
    }

    /** A process that closes a file loses its locks on it, however it came to open it. */
    @Test
    void readingARunDoesNotFreeIt() throws Exception {
        try (RunRecorder holder = new RunRecorder(run, 0)) {
            holder.start(provenance);
            RunReader.open(run).frame(0);
            assertThatThrownBy(() -> start(run)).isInstanceOf(IOException.class);
            try (ChildJvm child = new ChildJvm(HoldingRun.class, run, seed)) {
                assertThat(child.awaitLine("refused"))
                        .contains("process " + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void aLockThatIsALinkOverwritesNothing() throws IOException {
        Path precious = Files.writeString(temporary.resolve("precious.txt"), "all I have");
        Path lock = run.resolve(".lock");
        for (Path target : new Path[] {precious, temporary.resolve("missing"), temporary}) {
            Files.deleteIfExists(lock);
            Files.createSymbolicLink(lock, target);
            assertThatThrownBy(() -> start(run))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(lock + " is not a plain file");
        }
        assertThat(precious).hasContent("all I have");
        assertThat(temporary.resolve("missing")).doesNotExist();
        Files.delete(lock);
        Files.createDirectory(lock);
        assertThatThrownBy(() -> start(run)).hasMessageContaining(lock + " is not a plain file");
    }

    /** What a stranger's run may have in place of a lock. */
    @Test
    void aLockThatIsNoneHasNoHolder() throws Exception {
        Path lock = run.resolve(".lock");
        for (String text : new String[] {
            "",
            "process 99999999999999999999, since 2020-01-01T00:00:00Z",
            "process 1, since 9999-99-99T99:99:99Z",
            "\u00ff"
        }) {
            Files.writeString(lock, text, StandardCharsets.ISO_8859_1);
            assertThat(RunLock.isHolderRunning(run)).as(text).isFalse();
        }
        Files.delete(lock);
        Files.createSymbolicLink(lock, Path.of("/dev/zero"));
        assertThat(RunLock.isHolderRunning(run)).as("a link").isFalse();
        Files.delete(lock);
        assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor())
                .isZero();
        assertThat(RunLock.isHolderRunning(run)).as("a pipe").isFalse();
    }

    @Test
    void aPipeIsNotReplacedByAFile() throws Exception {
        Path pipe = temporary.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> AtomicFile.write(pipe, part -> Files.writeString(part, "text")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + pipe)
                .hasMessageContaining("a pipe");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(temporary).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void anInterruptedThreadIsToldSo() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> start(run))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(run.toString(), "the thread is interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThatCode(() -> start(run)).doesNotThrowAnyException();
    }

    @Test
    void aRecorderThatIsRefusedHoldsNothing() throws IOException {
        RunProvenance another = random.provenance("another");
        assertThatThrownBy(() -> new RunRecorder(run, 0).start(another)).hasMessageContaining("different run");
        assertThatCode(() -> start(run)).doesNotThrowAnyException();
    }

    @Test
    void aDirectoryThatAnotherRunHasTakenIsNotWrittenTo() throws Exception {
        try (RunRecorder first = new RunRecorder(run, 0)) {
            first.start(provenance);
            delete(run);
            try (ChildJvm child = new ChildJvm(HoldingRun.class, run, seed)) {
                child.awaitLine("holds it");
                assertThatThrownBy(() -> first.frame(random.frame(1)))
                        .hasMessageContaining("is being written by process " + child.pid());
                assertThat(RunReader.open(run).iterations()).isEmpty();
            }
            first.frame(random.frame(2));
        }
        assertThat(RunReader.open(run).iterations()).containsExactly(2L);
    }

    @Test
    void whatAProcessLeavesThatIsKilledBeforeItDescribesItsRunIsNoRun() throws IOException {
        Path begun = temporary.resolve("begun");
        Files.createDirectories(begun.resolve("frames"));
        Files.writeString(begun.resolve(".lock"), "process 1");
        Files.writeString(begun.resolve(".run.json.1-1.part"), "{");
        start(begun);
        assertThat(begun).isDirectoryNotContaining("glob:**.part");
        assertThat(RunReader.open(begun).iterations()).isEmpty();
    }

    @Test
    void leftoversOfKilledProcessesAreDeletedAndOthersAreNot() throws IOException {
        Path file = temporary.resolve("out.h5");
        long dead = Stream.iterate(4_000_000_000L, pid -> pid + 1)
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .findFirst()
                .orElseThrow();
        Path left = Files.writeString(temporary.resolve(".out.h5." + dead + "-3.part"), "");
        Path own = Files.writeString(
                temporary.resolve(".out.h5." + ProcessHandle.current().pid() + "-3.part"), "");
        Path another = Files.writeString(temporary.resolve(".out.h5.old." + dead + "-3.part"), "");
        AtomicFile.removeLeftovers(file);
        assertThat(left).doesNotExist();
        assertThat(own).exists();
        assertThat(another).exists();
    }

    private void start(Path path) throws IOException {
        try (RunRecorder recorder = new RunRecorder(path, 9)) {
            recorder.start(provenance);
        }
    }

    private static Instant since(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage());
        int begin = message.indexOf("since ") + "since ".length();
        return Instant.parse(message.substring(begin, message.indexOf('Z', begin) + 1));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
