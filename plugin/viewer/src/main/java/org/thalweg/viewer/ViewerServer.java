package org.thalweg.viewer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page, its events and its surfaces over HTTP. No part of a request becomes a path of the file system.
 * Thread-safe.
 *
 * <pre>
 * GET /                            the page
 * GET /events                      runs and frames, as they come
 * GET /surfaces/RUN/ITERATION      a surface, see {@link SurfaceBytes}
 * </pre>
 */
final class ViewerServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ViewerServer.class);

    private static final Pattern SURFACE = Pattern.compile("/surfaces/(\\d{1,3})/(\\d{1,18})");

    /** A browser that is busy drawing reads late; others do so within milliseconds. */
    private static final long FAREWELL_MILLIS = 10_000;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestGuard guard;
    private final URI address;
    private final EventLog eventLog;
    private final EventStream events;
    private final List<? extends SurfaceSource> surfaces;
    private final byte[] html;
    private final String policy;

    private ViewerServer(
            HttpServer server, ViewerOptions options, EventLog eventLog, List<? extends SurfaceSource> surfaces) {
        this.server = server;
        this.surfaces = List.copyOf(surfaces);
        this.eventLog = eventLog;
        this.events = new EventStream(eventLog);
        InetSocketAddress bound = server.getAddress();
        Optional<String> token = options.tokenFor(bound);
        this.guard = new RequestGuard(options.host(), bound, token);
        this.address = URI.create("http://" + host(options, bound) + ":" + bound.getPort() + "/"
                + token.map(secret -> "?token=" + secret).orElse(""));
        Page page = Page.load();
        this.html = page.live();
        this.policy = page.policy() + "; frame-ancestors 'none'";
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "thalweg-page");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Binds the address and starts to serve.
     *
     * @throws IOException if the address cannot be bound, naming it
     */
    static ViewerServer start(ViewerOptions options, EventLog eventLog, List<? extends SurfaceSource> surfaces)
            throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(options.address(), 0);
        } catch (BindException e) {
            throw new IOException(
                    "port " + options.port() + " of " + options.host() + " cannot be bound (" + e.getMessage()
                            + "): choose another port, or 0 for any free one",
                    e);
        }
        ViewerServer server = new ViewerServer(http, options, eventLog, surfaces);
        http.setExecutor(server.threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** A name for the address bar; all interfaces together have none, so this machine's. */
    private static String host(ViewerOptions options, InetSocketAddress bound) {
        InetAddress address = bound.getAddress();
        if (address.isAnyLocalAddress()) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException e) {
                return "localhost";
            }
        }
        return options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    }

    URI address() {
        return address;
    }

    private void answer(HttpExchange exchange) throws IOException {
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
        } catch (RuntimeException e) {
            log.warn("a request to the page failed", e);
            throw e;
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Matcher surface = SURFACE.matcher(path);
        if (path.equals("/")) {
            page(exchange);
        } else if (path.equals("/events")) {
            events.serve(exchange);
        } else if (surface.matches()) {
            surface(exchange, Integer.parseInt(surface.group(1)), Long.parseLong(surface.group(2)));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        Optional<String> cookie = guard.cookie(exchange);
        if (cookie.isPresent()) {
            exchange.getResponseHeaders().set("Set-Cookie", cookie.get());
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(303, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        send(exchange, "text/html; charset=utf-8", html);
    }

    private void surface(HttpExchange exchange, int run, long iteration) throws IOException {
        Optional<byte[]> bytes = Optional.empty();
        if (run < surfaces.size()) {
            try {
                bytes = surfaces.get(run).surface(iteration);
            } catch (IOException e) {
                log.warn("cannot serve a surface: {}", e.getMessage());
            }
        }
        if (bytes.isPresent()) {
            send(exchange, "application/octet-stream", bytes.get());
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Tells browsers that no more frames follow, and stops the server once they have received it. */
    void end() {
        eventLog.end();
        try {
            events.awaitSilence(FAREWELL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Stops the server at once; browsers try to reconnect. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
