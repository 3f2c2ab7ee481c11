package org.thalweg.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** A folder of many runs for tests of the list: each has files of its own kind, of which most share their frames. */
final class RunsFolder {

    private static final int RECORDED = 5;

    private RunsFolder() {}

    /**
     * Makes runs {@code sweep/run-000}, ... whose learning rates and normalizations differ.
     *
     * @param frames of each run
     */
    static void fill(Path folder, int runs, int frames, Random random) throws IOException {
        Path recorded = folder.resolveSibling(folder.getFileName() + "-recorded");
        for (int i = 0; i < Math.min(RECORDED, runs); i++) {
            new Valley(random)
                    .record(recorded.resolve("run-" + i), "run", 0, frames - 1)
                    .close();
        }
        for (int i = 0; i < runs; i++) {
            Path from = recorded.resolve("run-" + i % RECORDED);
            Path run = folder.resolve(String.format(Locale.ROOT, "sweep/run-%03d", i));
            Files.createDirectories(run.resolve("frames"));
            try (Stream<Path> files = Files.list(from.resolve("frames"))) {
                for (Path file : files.toList()) {
                    Files.createLink(run.resolve("frames").resolve(file.getFileName()), file);
                }
            }
            String description = Files.readString(from.resolve("run.json"));
            Files.writeString(
                    run.resolve("run.json"),
                    description
                            .replaceFirst("\"run\"(\\s*:\\s*)\"run\"", "\"run\"$1\"" + run.getFileName() + "\"")
                            .replaceFirst(
                                    "\"normalization\"(\\s*:\\s*)\"filter\"",
                                    "\"normalization\"$1\"" + (i % 2 == 0 ? "filter" : "layer")
                                            + "\", \"learning_rate\"$1" + 0.01 * (1 + i % 7)));
        }
    }
}
