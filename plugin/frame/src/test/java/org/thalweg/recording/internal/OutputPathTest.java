package org.thalweg.recording.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPathTest {

    @TempDir
    private Path directory;

    @Test
    void directoriesAreCreatedAndNothingElse() throws IOException {
        Path file = directory.resolve("a/b/out.h5");
        OutputPath.prepareFile(file);
        assertThat(file.getParent()).isEmptyDirectory();
        Path pictures = directory.resolve("c/d");
        OutputPath.prepareDirectory(pictures);
        assertThat(pictures).isEmptyDirectory();
    }

    @Test
    void anExistingFileStaysAndWhatAKilledProcessLeftOfItGoes() throws IOException {
        Path file = Files.writeString(directory.resolve("out.h5"), "kept");
        Process ended = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(ended.onExit().join().exitValue()).isZero();
        Path left = Files.createFile(directory.resolve(".out.h5." + ended.pid() + "-1.part"));
        Path ours = Files.createFile(AtomicFile.part(file));
        OutputPath.prepareFile(file);
        assertThat(file).hasContent("kept");
        assertThat(left).doesNotExist();
        assertThat(ours).exists();
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        assertThatThrownBy(() -> OutputPath.prepareFile(directory))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write " + directory + ": it is a directory, give the name of a file");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> OutputPath.prepareFile(file.resolve("deep/out.h5")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write " + file.resolve("deep/out.h5") + ": the directory "
                        + file.resolve("deep") + " cannot be created: ");
        assertThatThrownBy(() -> OutputPath.prepareDirectory(file.resolve("pictures")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.resolve("pictures").toString());
    }
}
