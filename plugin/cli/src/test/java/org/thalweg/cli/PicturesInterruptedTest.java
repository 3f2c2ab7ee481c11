package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.testing.ChildJvm;

/** An interrupted film leaves no partial file. */
class PicturesInterruptedTest extends CommandFixture {

    @ParameterizedTest
    @ValueSource(strings = {"film.gif", "film.mp4", "pictures"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void noPartIsLeft(String name) throws Exception {
        Path place = Files.createDirectory(directory.resolve("films"));
        Path film = place.resolve(name);
        try (ChildJvm child = new ChildJvm(Thalweg.class, "video", run, "-o", film, "--seconds", 600)) {
            for (int i = 0; i < 3000 && written(place).isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(written(place)).as(child::read).isNotEmpty();
            new ProcessBuilder("kill", "-TERM", Long.toString(child.pid()))
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
            assertThat(child.awaitEnd()).as(child::read).isEqualTo(128 + 15);
        }
        assertThat(written(place)).noneMatch(AtomicFile::isPart);
        assertThat(film).matches(path -> Files.notExists(path) || Files.isDirectory(path));
    }

    private static List<Path> written(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
