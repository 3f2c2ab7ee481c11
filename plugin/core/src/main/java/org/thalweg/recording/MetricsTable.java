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
import java.util.stream.Collectors;
import org.thalweg.frame.Frame;

/**
 * {@code metrics.csv}: one line a frame, forced to the device. Columns keep their place once written; a frame that
 * brings new ones (the first has no eigenvalues, say) gets them added at the end, and its predecessors an empty cell.
 * Not thread-safe.
 */
final class MetricsTable {

    private final Path file;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<Long> iterations = new HashSet<>();

    MetricsTable(Path file) {
        this.file = file;
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
            rewrite(cells.keySet(), frame.iteration());
        }
        append(columns.stream().map(column -> cells.getOrDefault(column, "")).collect(Collectors.joining(",")));
        iterations.add(frame.iteration());
    }

    private void rewrite(Collection<String> wanted, long without) throws IOException {
        List<String> rows = columns.isEmpty() ? List.of() : Files.readAllLines(file);
        Set<String> extended = new LinkedHashSet<>(columns);
        extended.addAll(wanted);
        String padding = ",".repeat(extended.size() - columns.size());
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", extended));
        rows.stream().skip(1).filter(row -> !row.startsWith(without + ",")).forEach(row -> lines.add(row + padding));
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
