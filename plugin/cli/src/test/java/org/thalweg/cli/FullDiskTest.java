package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.ChildJvm;

/** A disk of 16 KB has room for none of the files. */
@Timeout(120)
class FullDiskTest extends CommandFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "view RUN -o DISK/page.html",
                "image RUN -o DISK/picture.png --size 960x540",
                "video RUN -o DISK/film.gif --size 640x360 --seconds 1 --fast"
            })
    void theMessageNamesTheFileAndTheReason(String words) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String[] arguments = words.replace("RUN", run.toString())
                .replace("DISK", disk.toString())
                .split(" ", -1);
        try (ChildJvm child = ChildJvm.withDisk(disk, "16k", Thalweg.class, (Object[]) arguments)) {
            assertThat(child.awaitEnd()).as(child.read()).isEqualTo(1);
            assertThat(child.read().lines())
                    .singleElement()
                    .isEqualTo("thalweg: cannot write " + arguments[3] + ": No space left on device");
        }
    }
}
