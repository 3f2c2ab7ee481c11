package org.thalweg.frame;

/**
 * Receives frames: files, meters, a page, a user's own class. Each sink has its own thread and gets one call at a time;
 * only {@link #start} runs on the thread that builds the listener. An exception is logged and counted, and reaches
 * neither training nor other sinks. A call that does not return delays only this sink.
 *
 * @since 0.2.0
 */
public interface FrameSink extends AutoCloseable {

    /**
     * Called once, before the first frame.
     *
     * @throws Exception for a configuration error, such as an output directory that cannot be written; it reaches the
     *     caller of the listener's {@code build()}
     */
    default void start(RunProvenance run) throws Exception {}

    /**
     * A frame that takes longer than a second is being computed. Called at each level of refinement; {@link #frame} or
     * {@link #failed} for the same iteration follows. Only its loss is final.
     *
     * @param unfinished the surface so far, perhaps interpolated between its points, without curvature
     */
    default void progress(Frame unfinished) throws Exception {}

    /** A frame was computed. */
    void frame(Frame frame) throws Exception;

    /**
     * A frame was due and was not computed.
     *
     * @param iteration number of completed parameter updates; those of the other network if the reason is
     *     {@code another network}
     * @param reason {@code busy}, {@code budget}, {@code interrupted}, {@code memory}, {@code closed},
     *     {@code another network}, ...
     */
    default void skipped(long iteration, String reason) throws Exception {}

    /**
     * A frame could not be computed.
     *
     * @param iteration number of completed parameter updates
     * @param cause the failure
     */
    default void failed(long iteration, Throwable cause) throws Exception {}

    /**
     * A call to another sink failed.
     *
     * @param sink simple name of its class
     * @param cause the sink's exception; a {@link java.util.concurrent.TimeoutException} if it did not return in time
     */
    default void sinkFailed(String sink, Throwable cause) throws Exception {}

    /**
     * Called once: after the last frame, or when the sink's listener cannot be built, even if {@link #start} was not
     * called or threw. Release all resources here.
     */
    @Override
    default void close() throws Exception {}
}
