package org.thalweg.viewer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.viewer.internal.http.Answer;

/**
 * Streams the log to browsers as server-sent events (WHATWG HTML, section 9.2). An event's id is the log's id and a
 * position, so a browser that reconnects receives only what it missed, or everything if the log is another one.
 * Thread-safe; each browser occupies a thread.
 */
final class EventStream {

    /** Browsers that may listen at the same time. */
    static final int MOST_LISTENERS = 32;

    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final int RETRY_MILLIS = 500;
    private static final Pattern ID = Pattern.compile("([0-9a-f-]{36}):(\\d{1,9})");

    private final EventLog eventLog;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);

    EventStream(EventLog eventLog) {
        this.eventLog = eventLog;
    }

    /** Streams until the browser disconnects, the log ends or the server stops. */
    void serve(Answer answer) throws IOException {
        if (!places.tryAcquire()) {
            answer.status(503);
            return;
        }
        try {
            // Closed before the permit is released, since awaitSilence() may then cut the connection.
            try (OutputStream out =
                    new BufferedOutputStream(answer.stream("text/event-stream; charset=utf-8"), 1 << 16)) {
                if (!answer.isHead()) {
                    tell(
                            answer,
                            out,
                            answer.requested("Last-Event-ID")
                                    .map(this::position)
                                    .orElse(0));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** Waits until no browser is connected. */
    void awaitSilence(long millis) throws InterruptedException {
        if (places.tryAcquire(MOST_LISTENERS, millis, TimeUnit.MILLISECONDS)) {
            places.release(MOST_LISTENERS);
        }
    }

    private int position(String lastEventId) {
        Matcher matcher = ID.matcher(lastEventId);
        return matcher.matches() && matcher.group(1).equals(eventLog.id()) ? Integer.parseInt(matcher.group(2)) : 0;
    }

    private void tell(Answer answer, OutputStream out, int from) throws IOException, InterruptedException {
        write(out, "retry: " + RETRY_MILLIS + "\n\n");
        int position = from;
        while (true) {
            List<EventLog.Entry> entries = eventLog.after(position, HEARTBEAT_MILLIS);
            answer.extend();
            if (entries.isEmpty()) {
                // Writing a comment reveals a browser that has disconnected.
                write(out, ":\n\n");
            }
            for (EventLog.Entry entry : entries) {
                position++;
                answer.extend();
                write(
                        out,
                        "id: " + eventLog.id() + ":" + position + "\nevent: " + entry.kind() + "\ndata: " + entry.json()
                                + "\n\n");
            }
            out.flush();
            if (!entries.isEmpty() && entries.get(entries.size() - 1).isLast()) {
                return;
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
