package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.recording.LineSearch.Found;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** Lines in folders, next to what is none, and as they change. */
class LineSearchTest {

    private final long seed = Seeds.fresh("LineSearchTest");
    private final Random numbers = new Random(seed);
    private final RandomFrames random = new RandomFrames(numbers);

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = directory.resolve("folder");
        line(folder.resolve("b.h5"), 3);
        line(folder.resolve("deep/er/a.h5"), 3);
        try (RunRecorder recorder = new RunRecorder(folder.resolve("run"))) {
            recorder.start(random.provenance("a"));
            recorder.frame(random.frame(7));
        }
    }

    @Test
    void linesAreFoundOnceAndAgainWhenTheyHaveChanged() throws IOException {
        LineSearch search = new LineSearch(List.of(folder));
        assertThat(search.next()).extracting(Found::name).containsExactly("b.h5", "deep/er/a.h5");
        assertThat(search.next()).isEmpty();
        double[] losses = line(folder.resolve("b.h5"), 5);
        line(folder.resolve("late.h5"), 3);
        List<Found> found = search.next();
        assertThat(found).extracting(Found::name).containsExactly("b.h5", "late.h5");
        assertThat(found.get(0).line().loss()).as("seed %d", seed).isEqualTo(losses);
        Files.delete(folder.resolve("b.h5"));
        assertThat(search.next()).isEmpty();
    }

    @Test
    void placesAreFoldersAndFilesAndNameWhatTheyHold() throws IOException {
        Path single = directory.resolve("single.h5");
        line(single, 3);
        LineSearch search = new LineSearch(List.of(single, folder, folder.resolve("run")));
        assertThat(search.next())
                .extracting(Found::name)
                .containsExactly("single.h5", "folder/b.h5", "folder/deep/er/a.h5");
        assertThat(LineSearch.isLine(single)).isTrue();
        assertThat(LineSearch.isLine(folder)).isFalse();
        assertThat(LineSearch.isLine(folder.resolve("run/frames/000000007.h5"))).isFalse();
    }

    @Test
    void otherFilesArePassedOverAndDamagedOnesNamedOnce() throws IOException {
        Files.copy(folder.resolve("run/frames/000000007.h5"), folder.resolve("frame.h5"));
        Path damaged = Files.writeString(folder.resolve("damaged.h5"), "no HDF5");
        LineSearch search = new LineSearch(List.of(folder));
        assertThat(warnings(search, 2)).singleElement().asString().contains("passed over: " + damaged);
        assertThat(warnings(search, 0)).isEmpty();
        assertThatThrownBy(() -> new LineSearch(List.of(damaged)).next()).hasMessageContaining(damaged.toString());
    }

    @Test
    void linksOutOfAFolderAreNotFollowed() throws IOException {
        Path elsewhere = directory.resolve("elsewhere.h5");
        line(elsewhere, 3);
        Path out = Files.createSymbolicLink(folder.resolve("out.h5"), elsewhere);
        assertThat(new LineSearch(List.of(folder)).next()).hasSize(2);
        String said = StandardError.during(() -> {
            try {
                assertThat(new RunSearch(List.of(folder)).next()).hasSize(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(said).contains(out + " leads out of " + folder + " through a symbolic link: name the file itself");
        assertThat(new LineSearch(List.of(out)).next()).hasSize(1);
    }

    /** A file of a line, and its losses. */
    private double[] line(Path file, int points) throws IOException {
        double[] alpha = new double[points];
        double[] loss = new double[points];
        boolean[] evaluated = new boolean[points];
        for (int i = 0; i < points; i++) {
            alpha[i] = i;
            loss[i] = numbers.nextDouble();
            evaluated[i] = true;
        }
        Files.createDirectories(file.getParent());
        LineValues values =
                new LineValues(alpha, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty());
        StudyFile.write(file, new LineStudy(random.provenance("a"), values, "compiled"));
        return loss;
    }

    /** What a search warns of, and not the reader of HDF5, while it finds so many lines. */
    private static List<String> warnings(LineSearch search, int lines) {
        List<Found> found = new ArrayList<>();
        String said = StandardError.during(() -> {
            try {
                found.addAll(search.next());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(found).hasSize(lines);
        return said.lines().filter(line -> line.contains("org.thalweg.")).toList();
    }
}
