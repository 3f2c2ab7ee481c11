package org.thalweg.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, for ten minutes at most. */
final class Program {

    private static final long MINUTES = 10;

    private Program() {}

    /**
     * What a program ended with.
     *
     * @param output of both streams, in one
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

    /** What the build tells the tests. */
    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: the build sets it, run mvn verify");
        }
        return value;
    }
}
