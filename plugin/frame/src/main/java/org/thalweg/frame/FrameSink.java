package org.thalweg.frame;

/**
 * Where frames go: files, meters, a page, a user's own. Called on a thread of its own, one call at a time, {@link #start}
 * on the one that builds the listener. What it throws is logged, counted and does not reach training or other sinks; while
 * it does not return, others are served without it.
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
     * @param iteration number of completed parameter updates; where the reason is {@code another network}, of that one
     * @param reason {@code busy}, {@code budget}, {@code interrupted}, {@code memory}, {@code another network}, ...
     */
    default void skipped(long iteration, String reason) throws Exception {}

    /**
     * A frame could not be computed.
     *
     * @param iteration number of completed parameter updates
     * @param cause what happened
     */
    default void failed(long iteration, Throwable cause) throws Exception {}

    /**
     * Another sink did not take what it was told.
     *
     * @param sink its class, without the package
     * @param cause what it threw; a {@link java.util.concurrent.TimeoutException} if it did not return in time
     */
    default void sinkFailed(String sink, Throwable cause) throws Exception {}

    /** Called once, after the last frame. */
    @Override
    default void close() throws Exception {}
}
