package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunSearch.Found;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** Runs below folders, other files there, and links that lead elsewhere. */
class RunSearchTest {

    private final RandomFrames random = new RandomFrames(new Random(Seeds.fresh("RunSearchTest")));
    private final Frame frame = random.frame(7);

    @TempDir
    private Path directory;

    private Path folder;
    private Path elsewhere;

    @BeforeEach
    void record() throws IOException {
        folder = directory.resolve("folder");
        record(folder.resolve("b"));
        record(folder.resolve("deep/er/a"));
        elsewhere = directory.resolve("elsewhere");
        record(elsewhere);
    }

    @Test
    void runsAreFoundOnceInTheOrderOfTheirPaths() throws IOException {
        RunSearch search = new RunSearch(List.of(folder, elsewhere, folder.resolve("b")));
        assertThat(roots(search)).containsExactly(elsewhere, folder.resolve("b"), folder.resolve("deep/er/a"));
        assertThat(roots(search)).isEmpty();
        record(folder.resolve("late"));
        assertThat(roots(search)).containsExactly(folder.resolve("late"));
    }

    @Test
    void whatCannotBeReadIsPassedOverAndNamedOnceUntilItCan() throws IOException {
        Path description = folder.resolve("b/run.json");
        String whole = Files.readString(description);
        Files.writeString(description, "no JSON");
        RunSearch search = new RunSearch(List.of(folder));
        assertThat(warnings(search, folder.resolve("deep/er/a")))
                .singleElement()
                .asString()
                .contains("passed over: " + description + " is damaged");
        assertThat(warnings(search)).isEmpty();
        Files.writeString(description, whole);
        assertThat(warnings(search, folder.resolve("b"))).isEmpty();
    }

    @Test
    void aRunThatIsNamedMustBeReadableAndAFolderListable() throws IOException {
        Files.writeString(folder.resolve("b/run.json"), "no JSON");
        assertThatThrownBy(() -> new RunSearch(List.of(folder, folder.resolve("b"))).next())
                .hasMessageContaining(folder.resolve("b/run.json") + " is damaged");
        assertThatThrownBy(() -> new RunSearch(List.of(folder.resolve("none"))).next())
                .hasMessage("no run at " + folder.resolve("none") + ": there is no such file or directory");
    }

    @Test
    void linksOutOfAFolderAreNotFollowedAndThoseWithinAreNoSecondRun() throws IOException {
        Path out = Files.createSymbolicLink(folder.resolve("out"), elsewhere);
        Path up = Files.createSymbolicLink(folder.resolve("deep/up"), directory);
        Files.createSymbolicLink(folder.resolve("latest"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("dangling"), directory.resolve("none"));
        RunSearch search = new RunSearch(List.of(folder));
        assertThat(warnings(search, folder.resolve("b"), folder.resolve("deep/er/a")))
                .hasSize(2)
                .anyMatch(line -> line.contains(out + " leads out of " + folder + " through a symbolic link"))
                .anyMatch(line -> line.contains(up + " leads out of " + folder));
        assertThat(warnings(search)).isEmpty();
    }

    @Test
    void placesThatAreNamedMayBeLinks() throws IOException {
        Path run = Files.createSymbolicLink(directory.resolve("run"), elsewhere);
        Path runs = Files.createSymbolicLink(directory.resolve("runs"), folder);
        List<Found> found = new RunSearch(List.of(run, runs)).next();
        assertThat(found)
                .extracting(each -> each.reader().root())
                .containsExactly(run, runs.resolve("b"), runs.resolve("deep/er/a"));
        for (Found each : found) {
            assertThat(each.reader().frame(7).loss()).isEqualTo(Double.valueOf(frame.loss()));
        }
    }

    @Test
    void filesOfARunThatLieElsewhereAreNotRead() throws IOException {
        RunReader within = reader(folder, "b");
        replaceByLink(folder.resolve("b/frames/000000007.h5"), elsewhere.resolve("frames/000000007.h5"));
        assertThat(within.iterations()).containsExactly(7L);
        refused(folder, () -> within.frame(7));
        refused(folder, () -> within.written(7));
        refused(folder, () -> within.directions(7));
        assertThat(RunReader.open(folder.resolve("b")).frame(7).loss()).isEqualTo(Double.valueOf(frame.loss()));

        replaceByLink(folder.resolve("b/probe.h5"), elsewhere.resolve("probe.h5"));
        refused(folder, within::probe);
        Files.delete(folder.resolve("b/frames/000000007.h5"));
        replaceByLink(folder.resolve("b/frames"), elsewhere.resolve("frames"));
        refused(folder, within::iterations);
        refused(folder.resolve("b"), () -> new RunSearch(List.of(folder.resolve("b"))).next());
        replaceByLink(folder.resolve("deep/er/a/run.json"), elsewhere.resolve("run.json"));
        assertThat(warnings(new RunSearch(List.of(folder)))).hasSize(2);

        // Within the folder, runs may share files.
        record(folder.resolve("c"));
        replaceByLink(folder.resolve("c/frames/000000007.h5"), folder.resolve("shared.h5"), elsewhere);
        assertThat(reader(folder, "c").frame(7).loss()).isEqualTo(Double.valueOf(frame.loss()));
    }

    private static RunReader reader(Path folder, String run) throws IOException {
        return RunReader.openWithin(folder.resolve(run), folder);
    }

    private static void replaceByLink(Path file, Path target) throws IOException {
        Files.deleteIfExists(file);
        Files.createSymbolicLink(file, target);
    }

    /** The same with a copy of a run's frame as target. */
    private static void replaceByLink(Path file, Path target, Path run) throws IOException {
        Files.copy(run.resolve("frames/000000007.h5"), target);
        replaceByLink(file, target);
    }

    private static void refused(Path folder, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOf(RunFormatException.class)
                .hasMessageContaining(" leads out of " + folder + " through a symbolic link");
    }

    private void record(Path run) throws IOException {
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(random.provenance("a"));
            recorder.frame(frame);
        }
    }

    private static List<Path> roots(RunSearch search) throws IOException {
        return search.next().stream().map(each -> each.reader().root()).toList();
    }

    /** The warnings of a search while it finds runs. */
    private static List<String> warnings(RunSearch search, Path... runs) {
        List<Path> found = new ArrayList<>();
        String said = StandardError.during(() -> {
            try {
                found.addAll(roots(search));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(found).containsExactly(runs);
        return said.lines().toList();
    }
}
