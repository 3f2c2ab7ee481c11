package org.thalweg.viewer;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everything that pages have been told, in order, so that one that comes late or comes back hears the rest.
 * Thread-safe.
 */
final class EventLog {

    private static final String END = "end";

    /** One message: what kind, and JSON on one line. */
    record Entry(String kind, String json) {

        /** Whether none follows. */
        boolean isLast() {
            return kind.equals(END);
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final List<Entry> entries = new ArrayList<>();

    /** Tells this log from that of another server, or of this one before a restart. */
    String id() {
        return id;
    }

    /** A run that is shown, before its frames. */
    void run(int index, JsonObject description) {
        add("run", index, description);
    }

    /** A frame of a run; one of an iteration that was told before takes its place. */
    void frame(int run, JsonObject summary) {
        add("frame", run, summary);
    }

    /** No more frames will come. */
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
     * The entries from a position on, once there is one.
     *
     * @param position number of entries heard already
     * @param millis how long to wait at most; then the list is empty
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
