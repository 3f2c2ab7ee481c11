package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a stranger wrote into a run reaches the terminal as anything but text. */
class HostileRunTest {

    @TempDir
    private Path directory;

    /** Each command meets a run whose description is hostile throughout, and prints of it what it can. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "info RUN",
                "image RUN -o OUT.png --size 320x180",
                "video RUN -o OUT.gif --size 320x180 --seconds 0.2 --fps 5",
                "view RUN -o OUT.html",
                "export RUN -o OUT.vtp",
                "trajectory RUN -o OUT.h5",
                "analyze RUN/weights/x.h5 --data RUN -o OUT.h5",
                "serve RUN --token short",
                "info RUN/none"
            })
    void noCommandPrintsWhatAStrangerWroteAsControls(String command) throws IOException {
        Path run = directory.resolve("run");
        RecordedRun.write(run);
        Path json = run.resolve("run.json");
        String escaped = "\\u001b[2J\\u0007\\u009b31m\\u202egnp\\r";
        Files.writeString(
                json,
                Files.readString(json)
                        .replace("\"valley\"", "\"valley" + escaped + "\"")
                        .replace("512 of 10000", escaped + "512 of 10000")
                        .replace("CPU", escaped + "CPU"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String words = command.replace("RUN", run.toString()).replace("OUT", directory + "/out");
        InProcess.execute(out, err, (Object[]) words.split(" "));
        assertThat(out.toString() + err).isNotEmpty();
        assertPlain(out.toString());
        assertPlain(err.toString());
    }

    private static void assertPlain(String printed) {
        assertThat(printed)
                .doesNotContainPattern("[\\p{Cc}&&[^\t\n]]")
                .doesNotContainPattern("[\u202a-\u202e\u2066-\u2069]");
    }
}
