package org.thalweg.listener;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The times of frames, and limits on training's wait for them. Immutable.
 *
 * @param schedule when frames are due
 * @param inline whether the training thread computes frames itself, instead of a worker
 * @param onBusy what to do with frames that are due faster than the worker computes them
 * @param queueCapacity largest number of snapshots that wait for the worker
 * @param overheadBudget share of training's wall time that frames may take, in (0, 1]; empty for no limit. The worker's
 *     time counts in full, since it shares the cores with training, and half of the budget pays off the time before
 *     training first. Frames get sparser; where this would leave gaps, they get a coarser grid, then a smaller probe,
 *     then fewer Hessian products, and finally none; such a frame is marked as partial. {@code capture} is not limited.
 * @param firstFrame whether the frame before training is computed, and whether {@code build()} waits for it
 * @param sinkLimit time limit for a call to a sink, which may hang on a disk; after it, other sinks and the next frame
 *     are served without this sink
 * @param closeLimit time that {@code close()} waits for unfinished frames before it cuts them short, and then for each
 *     sink
 * @since 0.2.0
 */
public record PacingOptions(
        Schedule schedule,
        boolean inline,
        OnBusy onBusy,
        int queueCapacity,
        OptionalDouble overheadBudget,
        FirstFrame firstFrame,
        Duration sinkLimit,
        Duration closeLimit) {

    /** Every epoch on a worker, one snapshot waiting, without a budget; a minute for a sink and ten for closing. */
    public static final PacingOptions DEFAULT = new PacingOptions(
            Schedule.everyEpochs(1),
            false,
            OnBusy.DROP_OLDEST,
            1,
            OptionalDouble.empty(),
            FirstFrame.IN_BUILD,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10));

    /** @throws IllegalArgumentException naming the value that is out of range */
    public PacingOptions {
        if (queueCapacity < 1) {
            throw new IllegalArgumentException("queue capacity must be at least 1, got " + queueCapacity);
        }
        if (overheadBudget.isPresent() && !(overheadBudget.getAsDouble() > 0 && overheadBudget.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "overhead budget must be a share in (0, 1], such as 0.05, got " + overheadBudget.getAsDouble());
        }
        requirePositive("sink limit", sinkLimit);
        requirePositive("close limit", closeLimit);
    }

    private static void requirePositive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, got " + limit);
        }
    }

    /** On another schedule. */
    public PacingOptions withSchedule(Schedule schedule) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** On the training thread, or on a worker's. */
    public PacingOptions withInline(boolean inline) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** With another way to treat frames that are due too fast. */
    public PacingOptions withOnBusy(OnBusy onBusy) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** With another number of snapshots that may wait. */
    public PacingOptions withQueueCapacity(int queueCapacity) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** With frames limited to a share of wall time. */
    public PacingOptions withOverheadBudget(double share) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, OptionalDouble.of(share), firstFrame, sinkLimit, closeLimit);
    }

    /** With the frame before training in the background, or without it. */
    public PacingOptions withFirstFrame(FirstFrame firstFrame) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** With another limit for each call to a sink. */
    public PacingOptions withSinkLimit(Duration sinkLimit) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }

    /** With another limit for closing. */
    public PacingOptions withCloseLimit(Duration closeLimit) {
        return new PacingOptions(
                schedule, inline, onBusy, queueCapacity, overheadBudget, firstFrame, sinkLimit, closeLimit);
    }
}
