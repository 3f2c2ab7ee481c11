package org.thalweg.listener;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.Available;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.TrainingState;
import org.thalweg.curvature.UpdateRule;

/**
 * Keeps the training state that a frame needs in addition to the parameters: the rules of the updaters, and the
 * parameters one iteration before. It copies the latter when the schedule has a frame at the next iteration; it
 * predicts the end of an epoch from the length of the previous one. Called on the training thread; thread-safe.
 *
 * <p>Memory, if it copies: one parameter vector, and another one for each adaptive updater's state, for each frame that
 * waits or is being computed.
 */
final class StepTracker {

    private final Schedule schedule;
    private final UpdaterReader updaters;
    private final Optional<String> otherFunction;
    private final boolean copies;
    private final boolean constrained;
    /** The largest since the last frame, as an epoch's last batch may be smaller. */
    private OptionalInt batchSize = OptionalInt.empty();

    private OptionalInt batchSizeBefore = OptionalInt.empty();
    private @Nullable INDArray previous;
    private long previousIteration = -1;
    /** Number of updates of the run minus the network's own count, which updaters and learning rate schedules use. */
    private long uncounted;

    private long epochStart = -1;
    private long nextEpochEnd = -1;

    /**
     * @param otherFunction why training descends another function than the objective
     * @param copies whether to copy parameters and the updater's state
     * @param constrained whether constraints move the parameters after each update, too
     */
    StepTracker(
            Schedule schedule,
            UpdaterReader updaters,
            Optional<String> otherFunction,
            boolean copies,
            boolean constrained) {
        this.schedule = schedule;
        this.updaters = updaters;
        this.otherFunction = otherFunction;
        this.copies = copies;
        this.constrained = constrained;
    }

    /**
     * An update was completed; its frame has not been taken yet.
     *
     * @param run number of completed updates of the run
     * @param network number of completed updates by the network's own count
     */
    synchronized void updated(long run, long network) {
        uncounted = run - network;
    }

    /** An iteration is done, and its frame, if any, has been taken. */
    synchronized void iterationDone(Model model, long completed) {
        batchSize = larger(batchSize, BatchSizes.of(model));
        if (copies && !constrained && (schedule.atIteration(completed + 1) || completed + 1 == nextEpochEnd)) {
            forget();
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                previous = model.params().dup();
            }
            previousIteration = completed;
        }
    }

    /** An epoch begins. */
    synchronized void epochStarts(long completed) {
        epochStart = completed;
    }

    /** An epoch is done, and its frame, if any, has been taken. */
    synchronized void epochDone(int epochs, long completed) {
        boolean foreseen = epochStart >= 0 && schedule.atEpoch(epochs + 1);
        nextEpochEnd = foreseen ? completed + (completed - epochStart) : -1;
    }

    /**
     * The state of training for a frame that is being taken. The caller owns the copies in it.
     *
     * @param completed number of completed updates
     */
    synchronized TrainingState state(Model model, long completed, int epoch) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            List<UpdateRule> rules = updaters.read(model, Math.toIntExact(completed - uncounted), epoch);
            OptionalInt largest = larger(batchSize, BatchSizes.of(model));
            batchSizeBefore = largest.isPresent() ? largest : batchSizeBefore;
            batchSize = OptionalInt.empty();
            return new TrainingState(previous(completed), Available.of(rules), otherFunction, batchSizeBefore);
        }
    }

    private static OptionalInt larger(OptionalInt one, OptionalInt other) {
        return IntStream.concat(one.stream(), other.stream()).max();
    }

    private Available<INDArray> previous(long completed) {
        if (!copies) {
            return Available.absent(CurvatureQuantity.OFF);
        }
        if (constrained) {
            return Available.absent("constraints");
        }
        INDArray kept = previous;
        if (kept == null || previousIteration != completed - 1) {
            return Available.absent(completed == 0 ? "no update yet" : "not foreseen");
        }
        previous = null;
        return Available.of(kept);
    }

    private void forget() {
        if (previous != null) {
            previous.close();
            previous = null;
        }
    }
}
