package org.thalweg.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thalweg.frame.Frame;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.FileErrors;

/**
 * {@code metrics.csv}: one line per frame, forced to the device. Columns keep their place. A frame with new columns
 * (the first frame may have no eigenvalues) adds them at the end, and earlier lines get empty cells. Not thread-safe.
 */
final class MetricsTable {

    /** A comma outside quotes: an even number of quotes follows it. */
    private static final Pattern CELL = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final Path file;
    private final Set<String> columns = new LinkedHashSet<>();

    /** The last iteration of all lines; a set of iterations would grow with the run. */
    private long lastIteration = -1;

    /** A table without lines; the first line creates the file. */
    MetricsTable(Path file) {
        this.file = file;
    }

    /**
     * Opens a table, or creates one. A last line without its line break, which a killed process may leave, is removed.
     */
    static MetricsTable open(Path file) throws IOException {
        MetricsTable table = new MetricsTable(file);
        if (Files.exists(file)) {
            String text = text(file);
            int end = text.lastIndexOf('\n') + 1;
            if (end < text.length()) {
                AtomicFile.write(file, part -> Files.writeString(part, text.substring(0, end)));
            }
            List<String> lines = text.substring(0, end).lines().toList();
            lines.stream()
                    .limit(1)
                    .flatMap(header -> CELL.splitAsStream(header))
                    .forEach(table.columns::add);
            for (String row : lines.subList(Math.min(1, lines.size()), lines.size())) {
                table.lastIteration = Math.max(table.lastIteration, iteration(file, row));
            }
        }
        return table;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RunFormatException(
                    file + " is damaged: " + FileErrors.reason(e) + "; delete this file to have it rebuilt", e);
        }
    }

    private static long iteration(Path file, String row) throws RunFormatException {
        String first = row.substring(0, Math.max(0, row.indexOf(',')));
        try {
            return Long.parseLong(first);
        } catch (NumberFormatException e) {
            throw new RunFormatException(
                    file + " is damaged: a line begins with '" + first
                            + "', not with an iteration; delete this file to have it rebuilt",
                    e);
        }
    }

    /** The iterations that have a line. */
    Set<Long> iterations() throws IOException {
        Set<Long> iterations = new HashSet<>();
        for (String row : rows()) {
            iterations.add(iteration(file, row));
        }
        return iterations;
    }

    private List<String> rows() throws IOException {
        List<String> lines = columns.isEmpty() ? List.of() : Files.readAllLines(file);
        return lines.subList(Math.min(1, lines.size()), lines.size());
    }

    /** Adds the line of a frame, or replaces the line of the same iteration. */
    void put(Frame frame) throws IOException {
        if (Files.notExists(file)) {
            columns.clear();
            lastIteration = -1;
        }
        Map<String, String> cells = MetricsRow.of(frame);
        boolean replaces = frame.iteration() <= lastIteration;
        if (replaces || !columns.containsAll(cells.keySet())) {
            rewrite(cells.keySet(), iteration -> iteration != frame.iteration());
        }
        append(columns.stream().map(column -> cells.getOrDefault(column, "")).collect(Collectors.joining(",")));
        lastIteration = Math.max(lastIteration, frame.iteration());
    }

    /** Removes the lines of all frames after an iteration. */
    void removeAfter(long last) throws IOException {
        if (Files.exists(file)) {
            rewrite(List.of(), iteration -> iteration <= last);
        }
        lastIteration = Math.min(lastIteration, last);
    }

    private void rewrite(Collection<String> wanted, LongPredicate kept) throws IOException {
        Set<String> extended = new LinkedHashSet<>(columns);
        extended.addAll(wanted);
        String padding = ",".repeat(extended.size() - columns.size());
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", extended));
        for (String row : rows()) {
            if (kept.test(iteration(file, row))) {
                lines.add(row + padding);
            }
        }
        AtomicFile.write(file, part -> Files.write(part, lines));
        columns.addAll(wanted);
    }

    private void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            append(channel, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + FileErrors.reason(e), e);
        }
    }

    /** Appends all bytes or none. */
    private static void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        long end = channel.size();
        channel.position(end);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }
}
