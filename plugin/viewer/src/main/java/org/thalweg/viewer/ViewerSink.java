package org.thalweg.viewer;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.RunReader;

/**
 * Shows a run on a page while it trains. The page is served from {@link #open} until the sink closes; the run need not
 * be recorded. Surfaces are kept in a temporary file until a browser asks for them, so memory does not grow with the
 * run.
 *
 * <pre>{@code
 * ViewerSink page = ViewerSink.open(ViewerOptions.DEFAULT);
 * System.out.println(page.address());
 * LandscapeListener.builder(network).probe(probe).sink(page).build();
 * }</pre>
 *
 * @since 0.2.0
 */
public final class ViewerSink implements FrameSink {

    private static final Logger log = LoggerFactory.getLogger(ViewerSink.class);

    /** A run's frames before an iteration. */
    private record Earlier(RunReader run, long iteration) {}

    private final RunFindings findings = new RunFindings();
    private final EventLog eventLog;
    private final SurfaceStore surfaces;
    private final ViewerServer server;
    private final Optional<Earlier> earlier;
    private @Nullable Frame inWork;

    private ViewerSink(EventLog eventLog, SurfaceStore surfaces, ViewerServer server, Optional<Earlier> earlier) {
        this.eventLog = eventLog;
        this.surfaces = surfaces;
        this.server = server;
        this.earlier = earlier;
    }

    /**
     * Starts to serve. Until the first frame the page says that it is waiting.
     *
     * @throws IOException if the address cannot be bound or the temporary file cannot be created, naming it
     */
    public static ViewerSink open(ViewerOptions options) throws IOException {
        return open(options, Optional.empty());
    }

    /**
     * As {@link #open(ViewerOptions)}, for a run that continues: the page also shows its earlier frames.
     *
     * @param run recorded so far; read when the sink starts
     * @param iteration completed parameter updates of the network; frames from there on are new
     * @throws IOException as above
     */
    public static ViewerSink open(ViewerOptions options, RunReader run, long iteration) throws IOException {
        return open(options, Optional.of(new Earlier(run, iteration)));
    }

    private static ViewerSink open(ViewerOptions options, Optional<Earlier> earlier) throws IOException {
        EventLog eventLog = new EventLog();
        SurfaceStore surfaces = new SurfaceStore();
        try {
            return new ViewerSink(
                    eventLog, surfaces, ViewerServer.start(options, eventLog, List.of(surfaces)), earlier);
        } catch (IOException | RuntimeException e) {
            surfaces.close();
            throw e;
        }
    }

    /** Address of the page, with its token if it needs one. */
    public URI address() {
        return server.address();
    }

    @Override
    public void start(RunProvenance run) throws IOException {
        Instant began = earlier.map(before -> before.run().started())
                .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
        eventLog.run(0, RunJson.of(run, began, run.run(), true));
        if (earlier.isPresent()) {
            show(earlier.get());
        }
    }

    private void show(Earlier before) throws IOException {
        for (long iteration : before.run().iterations()) {
            if (iteration >= before.iteration()) {
                return;
            }
            Frame frame;
            try {
                frame = before.run().frame(iteration);
            } catch (IOException e) {
                log.warn("the page skips a frame: {}", e.getMessage());
                continue;
            }
            frame(frame);
        }
    }

    /** Shows the surface so far; the next call for the same iteration replaces it. */
    @Override
    public void progress(Frame unfinished) throws IOException {
        surfaces.put(unfinished.iteration(), SurfaceBytes.of(unfinished.surface()));
        eventLog.frame(0, FrameJson.unfinished(unfinished, "in progress", "This frame is being computed."));
        inWork = unfinished;
    }

    @Override
    public void frame(Frame frame) throws IOException {
        surfaces.put(frame.iteration(), SurfaceBytes.of(frame.surface()));
        eventLog.frame(0, FrameJson.of(frame, findings.at(frame), Optional.empty()));
        inWork = null;
    }

    /** Keeps the frame's last state on the page, marked as failed. */
    @Override
    public void failed(long iteration, Throwable cause) {
        if (inWork != null && inWork.iteration() == iteration) {
            eventLog.frame(
                    0,
                    FrameJson.unfinished(inWork, "failed", "This frame could not be computed; this is a part of it."));
            inWork = null;
        }
    }

    /** Tells open pages that no more frames follow, and stops serving. */
    @Override
    public void close() throws IOException {
        server.end();
        surfaces.close();
    }
}
