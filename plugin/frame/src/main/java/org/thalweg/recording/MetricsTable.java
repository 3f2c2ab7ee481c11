package org.thalweg.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

/**
 * {@code metrics.csv}: one line a frame, forced to the device. Columns keep their place once written; a frame that
 * brings new ones (the first has no eigenvalues, say) gets them added at the end, and its predecessors an empty cell.
 * Not thread-safe.
 */
final class MetricsTable {

    /** A comma that is followed by an even number of quotes: one that is not within quotes itself. */
    private static final Pattern CELL = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final Path file;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<Long> iterations = new HashSet<>();

    /** A table without lines; the file is made with the first of them. */
    MetricsTable(Path file) {
        this.file = file;
    }

    /**
     * The table that is there, or an empty one. A last line without its end, which a killed process may leave, is taken
     * off.
     */
    static MetricsTable open(Path file) throws IOException {
        MetricsTable table = new MetricsTable(file);
        if (Files.exists(file)) {
            String text = Files.readString(file);
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
                table.iterations.add(iteration(file, row));
            }
        }
        return table;
    }

    private static long iteration(Path file, String row) throws RunFormatException {
        String first = row.substring(0, Math.max(0, row.indexOf(',')));
        try {
            return Long.parseLong(first);
        } catch (NumberFormatException e) {
            throw new RunFormatException(
                    file + " is damaged: a line begins with '" + first
                            + "', not with an iteration; without this file it is made anew",
                    e);
        }
    }

    /** Whether the frame of an iteration has its line. */
    boolean has(long iteration) {
        return iterations.contains(iteration);
    }

    /** Adds the line of a frame, or replaces it when that iteration has one. */
    void put(Frame frame) throws IOException {
        if (Files.notExists(file)) {
            columns.clear();
            iterations.clear();
        }
        Map<String, String> cells = MetricsRow.of(frame);
        boolean known = iterations.contains(frame.iteration());
        if (known || !columns.containsAll(cells.keySet())) {
            rewrite(cells.keySet(), iteration -> iteration != frame.iteration());
        }
        append(columns.stream().map(column -> cells.getOrDefault(column, "")).collect(Collectors.joining(",")));
        iterations.add(frame.iteration());
    }

    /** Takes off the lines of all frames that are later than an iteration. */
    void removeAfter(long last) throws IOException {
        if (Files.exists(file)) {
            rewrite(List.of(), iteration -> iteration <= last);
        }
        iterations.removeIf(iteration -> iteration > last);
    }

    private void rewrite(Collection<String> wanted, LongPredicate kept) throws IOException {
        List<String> rows = columns.isEmpty() ? List.of() : Files.readAllLines(file);
        Set<String> extended = new LinkedHashSet<>(columns);
        extended.addAll(wanted);
        String padding = ",".repeat(extended.size() - columns.size());
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", extended));
        for (String row : rows.subList(Math.min(1, rows.size()), rows.size())) {
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
            throw new IOException("cannot write " + file + ": " + AtomicFile.reason(e), e);
        }
    }

    /** Adds all bytes or none. */
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
