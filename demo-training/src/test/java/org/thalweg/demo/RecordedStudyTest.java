package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedStudyTest {

    @TempDir
    private Path directory;

    @Test
    void isContinuedAsWhatItIsAlone() throws IOException {
        RecordedStudy.in(directory, Map.of("seed", "1"));
        assertThat(RecordedStudy.in(directory, Map.of("seed", "1")).path()).isEqualTo(directory);
        assertThatIOException()
                .isThrownBy(() -> RecordedStudy.in(directory, Map.of("seed", "2")))
                .withMessage("the study in " + directory
                        + " has seed: 1, not seed: 2: continue it with the options that it was started with");
        assertThat(directory.resolve("study.txt")).hasContent("seed: 1");
    }

    @Test
    void otherDirectoriesAreRefused() {
        assertThatIOException()
                .isThrownBy(() -> RecordedStudy.require(directory))
                .withMessage("no study to continue in " + directory + ": it has no study.txt");
    }

    @Test
    void runsWithoutAFrameAreNotDone() throws IOException {
        RecordedStudy study = RecordedStudy.in(directory, Map.of("seed", "1"));
        assertThat(study.frame("none")).isEmpty();
        Files.createDirectories(study.run("begun").resolve("frames"));
        assertThat(study.frame("begun")).isEmpty();
    }

    @Test
    void tablesReplaceOlderOnes() throws IOException {
        RecordedStudy study = RecordedStudy.in(directory, Map.of());
        study.table("table.csv", List.of(List.of("a", "b"), List.of("old", 0)));
        study.table("table.csv", List.of(List.of("a", "b"), List.of("x", 1.5)));
        assertThat(directory.resolve("table.csv")).hasContent("a,b\nx,1.5");
    }
}
