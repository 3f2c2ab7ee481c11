package org.thalweg.viewer;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

/**
 * Shows a run on a page while it trains. The page is served from the moment of {@link #open} until the sink is closed;
 * the run need not be recorded. Surfaces wait in a temporary file until a browser asks for them, so memory does not grow
 * with the run.
 *
 * <pre>{@code
 * ViewerSink page = ViewerSink.open(ViewerOptions.DEFAULT);
 * System.out.println(page.address());
 * LandscapeListener.builder(network).probe(probe).sink(page).build();
 * }</pre>
 */
public final class ViewerSink implements FrameSink {

    private final Journal journal;
    private final SurfaceSpool surfaces;
    private final ViewerServer server;

    private ViewerSink(Journal journal, SurfaceSpool surfaces, ViewerServer server) {
        this.journal = journal;
        this.surfaces = surfaces;
        this.server = server;
    }

    /**
     * Starts to serve; until the first frame the page says that it waits.
     *
     * @throws IOException when the address cannot be bound or there is no room for a temporary file, naming it
     */
    public static ViewerSink open(ViewerOptions options) throws IOException {
        Journal journal = new Journal();
        SurfaceSpool surfaces = new SurfaceSpool();
        try {
            return new ViewerSink(journal, surfaces, ViewerServer.start(options, journal, List.of(surfaces)));
        } catch (IOException | RuntimeException e) {
            surfaces.close();
            throw e;
        }
    }

    /** Where the page is, with the token that it needs, if any. */
    public URI address() {
        return server.address();
    }

    @Override
    public void start(RunProvenance run) {
        journal.run(0, RunJson.of(run, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Override
    public void frame(Frame frame) throws IOException {
        surfaces.put(frame.iteration(), SurfaceBytes.of(frame.surface()));
        journal.frame(0, FrameJson.of(frame));
    }

    /** Tells open pages that no more frames come, and stops serving. */
    @Override
    public void close() throws IOException {
        server.end();
        surfaces.close();
    }
}
