package org.thalweg.viewer;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All events sent to pages, in order, so that a page that connects late or reconnects receives the rest. Thread-safe.
 */
final class EventLog {

    private static final String END = "end";

    /** An event: its kind, and JSON on one line. */
    record Entry(String kind, String json) {

        /** Whether this is the last event. */
        boolean isLast() {
            return kind.equals(END);
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final List<Entry> entries = new ArrayList<>();

    /** Identifies this log: another server, or this one after a restart, has another id. */
    String id() {
        return id;
    }

    /** Adds a run, before its frames. */
    void run(int index, JsonObject description) {
        add("run", index, description);
    }

    /** Adds a frame of a run; it replaces an earlier one of the same iteration. */
    void frame(int run, JsonObject summary) {
        add("frame", run, summary);
    }

    /** Adds a run in short; it replaces an earlier one. */
    void summary(int run, JsonObject summary) {
        add("summary", run, summary);
    }

    /** Adds a line, or says that it has changed: pages fetch its values. */
    void line(int index) {
        add("line", index, new JsonObject());
    }

    /**
     * Adds a problem of a run, or its end.
     *
     * @param key of the problem: a later one of the same key replaces it
     * @param words one sentence; null if the problem is over
     */
    void problem(int run, String key, @Nullable String words) {
        JsonObject problem = new JsonObject();
        problem.addProperty("key", key);
        problem.addProperty("words", words == null ? "" : words);
        add("problem", run, problem);
    }

    /** Adds the last event: no more frames follow. */
    void end() {
        add(new Entry(END, "{}"));
    }

    private void add(String kind, int index, JsonObject content) {
        JsonObject message = new JsonObject();
        message.addProperty("index", index);
        message.add(kind, content);
        add(new Entry(kind, message.toString()));
    }

    private synchronized void add(Entry entry) {
        entries.add(entry);
        notifyAll();
    }

    /**
     * Waits for entries from a position on.
     *
     * @param position number of entries already received
     * @param millis longest wait, after which the list is empty
     */
    synchronized List<Entry> after(int position, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (entries.size() <= position) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        return List.copyOf(entries.subList(position, entries.size()));
    }
}
