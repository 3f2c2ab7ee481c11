package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.AtomicFile;

/**
 * The directory of a study of many runs with one frame each. A study that was killed continues with the runs that have no
 * frame yet. {@code study.txt} says what was studied, so that it is not continued as something else.
 *
 * @param path an existing directory
 */
public record RecordedStudy(Path path) {

    private static final String DESCRIPTION = "study.txt";

    /**
     * Begins or continues a study.
     *
     * @param settings everything that the results depend on, by name; values of one line
     * @throws IOException if the directory has another study, or its description cannot be read or written; the message
     *     names both
     */
    public static RecordedStudy in(Path path, Map<String, String> settings) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + ": " + value));
        Path description = path.resolve(DESCRIPTION);
        if (!Files.exists(description)) {
            AtomicFile.write(description, file -> Files.write(file, lines));
        }
        List<String> found = Files.readAllLines(description);
        if (!found.equals(lines)) {
            List<String> other =
                    found.stream().filter(line -> !lines.contains(line)).toList();
            List<String> wanted =
                    lines.stream().filter(line -> !found.contains(line)).toList();
            throw new IOException("the study in " + path + " has " + String.join(", ", other) + ", not "
                    + String.join(", ", wanted) + ": continue it with the options that it was started with");
        }
        return new RecordedStudy(path);
    }

    /**
     * Checks that a directory has a study to continue.
     *
     * @throws IOException if not; the message names it
     */
    static void require(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve(DESCRIPTION))) {
            throw new IOException("no study to continue in " + path + ": it has no " + DESCRIPTION);
        }
    }

    /** The directory of a run. */
    public Path run(String name) {
        return path.resolve(name);
    }

    /**
     * The last frame of a run; empty if it has none yet.
     *
     * @throws IOException if it cannot be read; the message names the file
     */
    public Optional<Frame> frame(String name) throws IOException {
        if (!Files.isRegularFile(run(name).resolve("run.json"))) {
            return Optional.empty();
        }
        RunReader reader = RunReader.open(run(name));
        List<Long> iterations = reader.iterations();
        return iterations.isEmpty()
                ? Optional.empty()
                : Optional.of(reader.frame(iterations.get(iterations.size() - 1)));
    }

    /**
     * Writes a table as CSV, replacing an older one.
     *
     * @param file name in the directory
     * @param rows the header first; without commas and quotes
     * @throws IOException if it cannot be written; the message names it
     */
    public void table(String file, List<? extends List<?>> rows) throws IOException {
        List<String> lines = rows.stream()
                .map(row -> String.join(",", row.stream().map(String::valueOf).toList()))
                .toList();
        AtomicFile.write(path.resolve(file), part -> Files.write(part, lines));
    }
}
