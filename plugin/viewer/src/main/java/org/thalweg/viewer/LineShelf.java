package org.thalweg.viewer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thalweg.recording.LineSearch;
import org.thalweg.recording.LineSearch.Found;

/** The lines of a page, in the order in which they were found. Searched by one thread, read by any. */
final class LineShelf {

    private final LineSearch search;
    private final EventLog eventLog;
    private final Map<Path, Integer> indices = new HashMap<>();
    private final List<byte[]> lines = new CopyOnWriteArrayList<>();

    /** @param places files of lines, folders of them; others have no lines */
    LineShelf(List<Path> places, EventLog eventLog) {
        this.search = new LineSearch(places);
        this.eventLog = eventLog;
    }

    /**
     * Adds the lines that are new or that have changed.
     *
     * @throws IOException if a file that is named or a folder cannot be read
     */
    void search() throws IOException {
        for (Found found : search.next()) {
            byte[] json =
                    new PageLine(found.name(), found.line()).json().toString().getBytes(StandardCharsets.UTF_8);
            int index = indices.computeIfAbsent(found.file(), file -> lines.size());
            if (index == lines.size()) {
                lines.add(json);
            } else {
                lines.set(index, json);
            }
            eventLog.line(index);
        }
    }

    /** A line as JSON. */
    Optional<byte[]> line(int index) {
        return index < lines.size() ? Optional.of(lines.get(index)) : Optional.empty();
    }
}
