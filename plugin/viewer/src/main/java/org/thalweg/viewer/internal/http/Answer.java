package org.thalweg.viewer.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The answer to a request: exactly one of {@link #bytes}, {@link #status} and {@link #stream}. Not thread-safe. */
public final class Answer {

    private static final Pattern LINE = Pattern.compile("[ -~]*");

    private final RequestHead request;
    private final Connection connection;
    private final RequestThreads threads;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean begun;
    private boolean whole;
    private boolean last;

    Answer(RequestHead request, Connection connection, RequestThreads threads) {
        this.request = request;
        this.connection = connection;
        this.threads = threads;
    }

    /** Whether the request is for the head of the answer alone. */
    public boolean isHead() {
        return request.isHead();
    }

    /** A header of the request. */
    public Optional<String> requested(String header) {
        return request.first(header.toLowerCase(Locale.ROOT));
    }

    /** The query of the request without its question mark, empty without one. */
    public String query() {
        return request.query();
    }

    /**
     * Sets a header of the answer.
     *
     * @throws IllegalArgumentException if the value has other characters than those of a line in ASCII
     */
    public Answer header(String name, String value) {
        if (!LINE.matcher(value).matches()) {
            throw new IllegalArgumentException("header " + name + " must be one line of ASCII, got '" + value + "'");
        }
        headers.put(name, value);
        return this;
    }

    /** Answers with a body; a HEAD request gets only its length. */
    public void bytes(String type, byte[] body) throws IOException {
        header("Content-Type", type);
        begin(200, Optional.of(body.length));
        if (!isHead()) {
            connection.write(body, 0, body.length);
        }
        whole = true;
    }

    /** Answers with text. */
    public void text(String type, String body) throws IOException {
        bytes(type + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a status and no body. */
    public void status(int status) throws IOException {
        begin(status, Optional.of(0));
        whole = true;
    }

    /**
     * Answers with a body of unknown length, which ends with the connection; {@link #extend} before each part keeps the time
     * limit from ending it.
     */
    public OutputStream stream(String type) throws IOException {
        header("Content-Type", type);
        begin(200, Optional.empty());
        return isHead() ? OutputStream.nullOutputStream() : connection.body();
    }

    /** Restarts the time limit of this answer. */
    public void extend() {
        threads.extend();
    }

    /** Whether anything has been sent. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether another request may follow on the connection. */
    boolean isFollowed() {
        return whole && !last;
    }

    private void begin(int status, Optional<Integer> length) throws IOException {
        begun = true;
        header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        // An answer without content has no length either (RFC 9110, section 8.6).
        length.filter(bytes -> status != 204).ifPresent(bytes -> header("Content-Length", Integer.toString(bytes)));
        // A malformed request may hide another one.
        last = length.isEmpty() || status == 400 || !request.isPersistent();
        if (last) {
            header("Connection", "close");
        }
        // The phrase after the status may be empty (RFC 9112, section 4).
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        connection.write(bytes, 0, bytes.length);
    }
}
