package org.thalweg.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run and the output of commands on it, new for each test. */
abstract class CommandFixture {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    Path run;

    @BeforeEach
    void record() throws IOException {
        run = directory.resolve("run");
        RecordedRun.write(run);
    }

    /** Runs a command; returns its exit code. */
    final int execute(Object... arguments) {
        return InProcess.execute(out, err, arguments);
    }
}
