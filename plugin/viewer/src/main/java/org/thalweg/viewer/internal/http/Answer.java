package org.thalweg.viewer.internal.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The answer to a request: exactly one of {@link #bytes}, {@link #status} and {@link #stream}. Not thread-safe. */
public final class Answer {

    private final HttpExchange exchange;
    private final RequestThreads threads;

    Answer(HttpExchange exchange, RequestThreads threads) {
        this.exchange = exchange;
        this.threads = threads;
    }

    /** Whether the request is for the head of the answer alone. */
    public boolean isHead() {
        return exchange.getRequestMethod().equals("HEAD");
    }

    /** A header of the request. */
    public Optional<String> requested(String header) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header));
    }

    /** The query of the request without its question mark, empty without one. */
    public String query() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    }

    /** Sets a header of the answer. */
    public Answer header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    /** Answers with a body, of which a HEAD request gets the length. */
    public void bytes(String type, byte[] body) throws IOException {
        header("Content-Type", type);
        if (isHead() || body.length == 0) {
            header("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Answers with text. */
    public void text(String type, String body) throws IOException {
        bytes(type + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a status and no body. */
    public void status(int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    /** Answers with a body of unknown length; {@link #extend} before each part keeps the time limit from ending it. */
    public OutputStream stream(String type) throws IOException {
        header("Content-Type", type);
        exchange.sendResponseHeaders(200, isHead() ? -1 : 0);
        return isHead() ? OutputStream.nullOutputStream() : exchange.getResponseBody();
    }

    /** Restarts the time limit of this answer. */
    public void extend() {
        threads.extend();
    }
}
