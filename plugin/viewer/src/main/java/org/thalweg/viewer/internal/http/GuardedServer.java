package org.thalweg.viewer.internal.http;

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
 * its {@link Site} and nothing else, on a bounded number of threads and connections, each request within time limits.
 * Thread-safe.
 */
public final class GuardedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardedServer.class);

    private static final String NAME = "thalweg-http";
    private static final int THREADS = 16;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Connections connections;
    private final InetSocketAddress bound;
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
     * @param streams number of threads that endless answers may occupy, in addition to those of ordinary requests
     */
    public record Place(InetSocketAddress address, String host, Optional<String> token, int streams) {}

    /**
     * Time limits.
     *
     * @param arriving within which a connection must bring its request, or the next one
     * @param answering within which a reader must take an answer, or the next part of a stream
     */
    record Limits(Duration arriving, Duration answering) {}

    private GuardedServer(Place place, Limits limits, Site site) throws IOException {
        this.site = site;
        this.host = place.host();
        this.token = place.token();
        this.threads = new RequestThreads(NAME, THREADS + place.streams(), limits.answering());
        this.connections = new Connections(place.address(), limits.arriving(), new Connections.Answering() {
            @Override
            public boolean take(Connection connection) {
                return threads.take(() -> answer(connection));
            }

            @Override
            public void check() {
                threads.check();
            }
        });
        this.bound = connections.address();
        this.guard = new RequestGuard(host, bound, token);
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
        try {
            GuardedServer server = new GuardedServer(place, limits, site);
            server.connections.start(NAME);
            return server;
        } catch (BindException e) {
            throw new IOException(
                    "port " + place.address().getPort() + " of " + place.host() + " cannot be bound (" + e.getMessage()
                            + "): choose another port, or 0 for any free one",
                    e);
        }
    }

    /** The server's root, with the token if it needs one. */
    public URI address() {
        return URI.create("http://" + name() + ":" + bound.getPort() + "/"
                + token.map(secret -> "?token=" + secret).orElse(""));
    }

    /** A name for the address bar; all interfaces together have none, so this machine's. */
    private String name() {
        if (bound.getAddress().isAnyLocalAddress()) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException e) {
                return "localhost";
            }
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private void answer(Connection connection) {
        boolean tooLong = connection.isTooLong();
        Optional<RequestHead> request = tooLong ? Optional.empty() : connection.take();
        Answer answer = new Answer(request.orElse(RequestHead.NONE), connection, threads)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin");
        try {
            if (request.isPresent()) {
                answer(request.get(), answer);
            } else {
                answer.status(tooLong ? 431 : 400);
            }
            if (answer.isFollowed()) {
                connections.again(connection);
            } else {
                connections.end(connection);
            }
        } catch (IOException e) {
            log.debug("an answer was not taken", e);
            connections.close(connection);
        } catch (RuntimeException | Error e) {
            connections.close(connection);
            throw e;
        }
    }

    private void answer(RequestHead request, Answer answer) throws IOException {
        try {
            Optional<Integer> refusal = guard.refusal(request);
            if (refusal.isEmpty()) {
                route(request, answer);
            } else if (refusal.get() == 405) {
                answer.header("Allow", "GET, HEAD").status(405);
            } else {
                answer.status(refusal.get());
            }
        } catch (RuntimeException | Error e) {
            log.warn("a request failed", e);
            if (!answer.hasBegun()) {
                answer.status(500);
            }
        }
    }

    private void route(RequestHead request, Answer answer) throws IOException {
        String path = request.path();
        Optional<String> cookie = path.equals("/") ? guard.cookie(request) : Optional.empty();
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
            connections.close();
            threads.close();
        }
    }
}
