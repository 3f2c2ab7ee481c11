package org.thalweg.frame;

/**
 * Where frames go: files, meters, a page, a user's own. Called on Thalweg's worker thread, one call at a time; what it
 * throws is logged, counted and does not reach training or other sinks.
 */
public interface FrameSink extends AutoCloseable {

    /**
     * Called once, before the first frame.
     *
     * @throws Exception a configuration error, an output directory that cannot be written say; it reaches the caller of
     *     the listener's {@code build()}
     */
    default void start(RunProvenance run) throws Exception {}

    /** A frame was computed. */
    void frame(Frame frame) throws Exception;

    /**
     * A frame was due and not computed.
     *
     * @param iteration number of completed parameter updates
     * @param reason {@code busy}, {@code memory}, ...
     */
    default void skipped(long iteration, String reason) throws Exception {}

    /**
     * A frame could not be computed.
     *
     * @param iteration number of completed parameter updates
     * @param cause what happened
     */
    default void failed(long iteration, Throwable cause) throws Exception {}

    /** Called once, after the last frame. */
    @Override
    default void close() throws Exception {}
}
