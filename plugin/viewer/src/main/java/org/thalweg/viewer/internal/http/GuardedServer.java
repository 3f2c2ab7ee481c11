package org.thalweg.viewer.internal.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that lives in another program, such as a training run. It answers GET and HEAD requests for the paths of
 * its {@link Site} and nothing else, on a bounded number of threads, each request within time limits. Thread-safe.
 */
public final class GuardedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardedServer.class);

    private static final int THREADS = 16;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpServer server;
    private final RequestThreads threads;
    private final RequestGuard guard;
    private final Site site;
    private final String host;
    private final Optional<String> token;

    /** Answers a request. */
    @FunctionalInterface
    public interface Page {
        /** Answers, or fails with an exception that is logged. */
        void answer(Answer answer) throws IOException;
    }

    /** What a server serves. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Site {
        /** The page at a path, which is compared as it came, without decoding; empty for 404. */
        Optional<Page> page(String path);
    }

    /**
     * Where to serve.
     *
     * @param address to bind; port 0 for any free one
     * @param host as the user named it
     * @param token that each request must bring; empty for none
     * @param streams number of threads that answers without an end may occupy, in addition to those of ordinary requests
     */
    public record Place(InetSocketAddress address, String host, Optional<String> token, int streams) {}

    /**
     * Time limits.
     *
     * @param arriving within which a request must arrive
     * @param answering within which a reader must take an answer, or the next part of a stream
     */
    record Limits(Duration arriving, Duration answering) {}

    private GuardedServer(HttpServer server, Place place, Limits limits, Site site) {
        this.server = server;
        this.site = site;
        this.host = place.host();
        this.token = place.token();
        this.guard = new RequestGuard(host, server.getAddress(), token);
        this.threads = new RequestThreads("thalweg-http", THREADS + place.streams(), limits);
    }

    /**
     * Binds the address and starts to serve.
     *
     * @throws IOException if the address cannot be bound, naming it
     */
    public static GuardedServer start(Place place, Site site) throws IOException {
        return start(place, LIMITS, site);
    }

    static GuardedServer start(Place place, Limits limits, Site site) throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(place.address(), 0);
        } catch (BindException e) {
            throw new IOException(
                    "port " + place.address().getPort() + " of " + place.host() + " cannot be bound (" + e.getMessage()
                            + "): choose another port, or 0 for any free one",
                    e);
        }
        GuardedServer server = new GuardedServer(http, place, limits, site);
        http.setExecutor(server.threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** The server's root, with the token if it needs one. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + name(bound) + ":" + bound.getPort() + "/"
                + token.map(secret -> "?token=" + secret).orElse(""));
    }

    /** A name for the address bar; all interfaces together have none, so this machine's. */
    private String name(InetSocketAddress bound) {
        if (bound.getAddress().isAnyLocalAddress()) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException e) {
                return "localhost";
            }
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private void answer(HttpExchange exchange) throws IOException {
        threads.extend();
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            Optional<Integer> refusal = guard.refusal(exchange);
            if (refusal.isPresent()) {
                exchange.sendResponseHeaders(refusal.get(), -1);
                return;
            }
            route(exchange);
        } catch (RuntimeException | Error e) {
            // Without an answer the connection closes.
            log.warn("a request failed", e);
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Answer answer = new Answer(exchange, threads);
        Optional<String> cookie = path.equals("/") ? guard.cookie(exchange) : Optional.empty();
        if (cookie.isPresent()) {
            answer.header("Set-Cookie", cookie.get()).header("Location", "/").status(303);
            return;
        }
        Optional<Page> page = site.page(path);
        if (page.isPresent()) {
            page.get().answer(answer);
        } else {
            answer.status(404);
        }
    }

    /** Stops the server at once. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            threads.close();
        }
    }
}
