package org.thalweg.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a program until it ends, for ten minutes at most. */
final class ChildProcess {

    private static final long MINUTES = 10;

    private ChildProcess() {}

    /**
     * How a program ended.
     *
     * @param status its exit status, -1 where it ran out of time
     * @param output both of its streams, interleaved
     */
    record Outcome(int status, String output) {}

    static Outcome run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Outcome(-1, Files.readString(output) + "\nno end after " + MINUTES + " minutes");
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }
}
