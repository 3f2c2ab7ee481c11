package org.thalweg.viewer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.viewer.internal.http.Answer;
import org.thalweg.viewer.internal.http.GuardedServer;
import org.thalweg.viewer.internal.http.GuardedServer.Place;

/**
 * Serves the page, its events and its surfaces over HTTP. No part of a request becomes a path of the file system.
 * Thread-safe.
 *
 * <pre>
 * GET /                            the page
 * GET /events                      runs and frames, as they come
 * GET /open/RUN                    nothing: the frames of a run that is listed become events
 * GET /surfaces/RUN/ITERATION      a surface, see {@link SurfaceBytes}
 * GET /lines/LINE                  a line, see {@link PageLine}
 * </pre>
 */
final class ViewerServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ViewerServer.class);

    private static final Pattern SURFACE = Pattern.compile("/surfaces/(\\d{1,6})/(\\d{1,18})");
    private static final Pattern LINE = Pattern.compile("/lines/(\\d{1,6})");
    private static final Pattern OPEN = Pattern.compile("/open/(\\d{1,6})");

    /** A browser that is busy drawing reads late; others do so within milliseconds. */
    private static final long FAREWELL_MILLIS = 10_000;

    private final EventLog eventLog;
    private final EventStream events;
    private final List<? extends SurfaceSource> surfaces;
    private final IntFunction<Optional<byte[]>> lines;
    private final byte[] html;
    private final String policy;
    private final GuardedServer server;

    private ViewerServer(
            ViewerOptions options,
            EventLog eventLog,
            List<? extends SurfaceSource> surfaces,
            IntFunction<Optional<byte[]>> lines)
            throws IOException {
        this.surfaces = surfaces;
        this.lines = lines;
        this.eventLog = eventLog;
        this.events = new EventStream(eventLog);
        Page page = Page.load();
        this.html = page.live();
        this.policy = page.policy() + "; frame-ancestors 'none'";
        InetSocketAddress address = options.address();
        Place place = new Place(address, options.host(), options.tokenFor(address), EventStream.MOST_LISTENERS);
        this.server = GuardedServer.start(place, this::page);
    }

    /**
     * Binds the address and starts to serve.
     *
     * @param surfaces those of each run; may grow at its end, and is then thread-safe
     * @param lines a line as JSON by its index, if there is one; thread-safe
     * @throws IOException if the address cannot be bound, naming it
     */
    static ViewerServer start(
            ViewerOptions options,
            EventLog eventLog,
            List<? extends SurfaceSource> surfaces,
            IntFunction<Optional<byte[]>> lines)
            throws IOException {
        return new ViewerServer(options, eventLog, surfaces, lines);
    }

    /** As {@link #start(ViewerOptions, EventLog, List, IntFunction)}, without lines. */
    static ViewerServer start(ViewerOptions options, EventLog eventLog, List<? extends SurfaceSource> surfaces)
            throws IOException {
        return start(options, eventLog, surfaces, index -> Optional.empty());
    }

    /** Address of the page, with its token if it needs one. */
    URI address() {
        return server.address();
    }

    private Optional<GuardedServer.Page> page(String path) {
        Matcher surface = SURFACE.matcher(path);
        Matcher line = LINE.matcher(path);
        Matcher open = OPEN.matcher(path);
        if (path.equals("/")) {
            return Optional.of(this::sendPage);
        } else if (path.equals("/events")) {
            return Optional.of(events::serve);
        } else if (surface.matches()) {
            int run = Integer.parseInt(surface.group(1));
            long iteration = Long.parseLong(surface.group(2));
            return Optional.of(answer -> sendSurface(answer, run, iteration));
        }
        if (line.matches()) {
            int index = Integer.parseInt(line.group(1));
            return Optional.of(answer -> sendLine(answer, index));
        }
        if (open.matches()) {
            int run = Integer.parseInt(open.group(1));
            return Optional.of(answer -> open(answer, run));
        }
        return Optional.empty();
    }

    private void open(Answer answer, int run) throws IOException {
        // It changes what the page receives, so other websites must not request it. Other programs do not send this
        // header.
        if (answer.requested("Sec-Fetch-Site")
                .filter(site -> !site.equals("same-origin"))
                .isPresent()) {
            answer.status(403);
            return;
        }
        boolean isKnown = run < surfaces.size();
        if (isKnown && !answer.isHead()) {
            surfaces.get(run).open();
        }
        answer.status(isKnown ? 204 : 404);
    }

    private void sendPage(Answer answer) throws IOException {
        answer.header("Content-Security-Policy", policy).bytes("text/html; charset=utf-8", html);
    }

    private void sendSurface(Answer answer, int run, long iteration) throws IOException {
        Optional<byte[]> bytes = Optional.empty();
        if (run < surfaces.size()) {
            try {
                bytes = surfaces.get(run).surface(iteration);
            } catch (IOException e) {
                log.warn("cannot serve a surface: {}", e.getMessage());
            }
        }
        if (bytes.isPresent()) {
            answer.bytes("application/octet-stream", bytes.get());
        } else {
            answer.status(404);
        }
    }

    private void sendLine(Answer answer, int index) throws IOException {
        Optional<byte[]> line = lines.apply(index);
        if (line.isPresent()) {
            answer.bytes("application/json; charset=utf-8", line.get());
        } else {
            answer.status(404);
        }
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
        server.close();
    }
}
