package org.thalweg.listener;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Watches a training run: at a schedule of epochs or iterations it copies the parameters, and a worker computes the
 * loss surface around them and the extreme Hessian eigenvalues there.
 *
 * <pre>{@code
 * try (LandscapeListener landscape = LandscapeListener.builder(network)
 *         .probe(Probe.sample(iterator, 512, 42))
 *         .recordTo(Path.of("runs/first"))
 *         .build()) {
 *     network.addListeners(landscape);
 *     network.fit(iterator, 10);
 * }
 * }</pre>
 *
 * <p>On the training thread it only copies the parameters once per frame; it never throws into training. DL4J has no
 * callback for the end of training, so {@link #close()} the listener: this computes the frames that still wait,
 * including the last one. Every frame is on disk as soon as it is computed, whether or not the listener is closed.
 *
 * <p>Trainers may call it from any of their threads. Replicas and the pretraining of layers get no frames, which is
 * logged once. A network that the listener was added to but not built for gets no frames either: this is logged as an
 * error, and its frames are counted as skipped because of {@code another network}. A listener that was added to its
 * network twice takes each frame once. {@link #capture} and {@link #close()} may be called from any thread, but not
 * from within {@code fit}.
 *
 * @since 0.2.0
 */
public final class LandscapeListener extends BaseTrainingListener implements AutoCloseable {

    private final WatchedNetwork network;
    private final Schedule schedule;
    private final StepTracker training;
    private final SnapshotScheduler frames;
    private final RunCounter counter;
    private final RepeatedCalls repeated = new RepeatedCalls(this);
    private final OnceLogger onceLog;
    private final Runnable ended;
    private final Object closing = new Object();
    private volatile boolean epochsAnnounced;
    private volatile boolean calledBack;
    private volatile boolean captured;
    private volatile boolean closed;
    private boolean closingDone;

    /** @param ended called once, when everything is closed */
    LandscapeListener(
            Model model,
            Schedule schedule,
            StepTracker training,
            SnapshotScheduler frames,
            OnceLogger onceLog,
            Runnable ended) {
        this.network = new WatchedNetwork(model);
        this.schedule = schedule;
        this.training = training;
        this.frames = frames;
        this.counter = new RunCounter(WatchedNetwork.iterations(model), WatchedNetwork.epochs(model));
        this.onceLog = onceLog;
        this.ended = ended;
    }

    /**
     * A builder of a listener for a network.
     *
     * @param model an initialized {@code MultiLayerNetwork} or {@code ComputationGraph}
     */
    public static LandscapeListenerBuilder builder(Model model) {
        return new LandscapeListenerBuilder(model);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        // DL4J numbers an iteration by the updates before it.
        long updates = iteration + 1L;
        watching(
                RepeatedCalls.Callback.ITERATION_DONE,
                model,
                () -> updated(model, updates, epoch),
                () -> missed(schedule.atIteration(updates), updates));
    }

    private void updated(Model model, long updates, int epoch) {
        long completed = counter.updated(updates);
        training.updated(completed, updates);
        if (schedule.atIteration(completed)) {
            frames.take(model, completed, counter.epochs(epoch), true);
        } else if (!epochsAnnounced && schedule instanceof Schedule.EveryEpochs) {
            onceLog.warn(
                    "epochs",
                    "this way of training announces no epochs, so the schedule '{}' takes no frames: use"
                            + " Schedule.everyIterations(n), or capture(model)",
                    schedule.describe());
        }
        training.iterationDone(model, completed);
    }

    @Override
    public void onEpochStart(Model model) {
        watching(
                RepeatedCalls.Callback.EPOCH_START,
                model,
                () -> {
                    epochsAnnounced = true;
                    training.epochStarts(counter.iterations(WatchedNetwork.iterations(model)));
                },
                () -> {});
    }

    @Override
    public void onEpochEnd(Model model) {
        watching(
                RepeatedCalls.Callback.EPOCH_END,
                model,
                () -> epochEnded(model, epochEnding(model)),
                () -> missed(schedule.atEpoch(epochEnding(model)), WatchedNetwork.iterations(model)));
    }

    /** The model counts an epoch only after the callback at its end. */
    private static int epochEnding(Model model) {
        return WatchedNetwork.epochs(model) + 1;
    }

    private void epochEnded(Model model, int epochs) {
        int completed = counter.epochEnded(epochs);
        long iterations = counter.iterations(WatchedNetwork.iterations(model));
        if (schedule.atEpoch(completed)) {
            frames.take(model, iterations, completed, false);
        }
        training.epochDone(completed, iterations);
    }

    /**
     * Takes a frame of the network as it is now, outside the schedule, and waits until it is recorded. Does nothing if
     * a frame of this iteration has been taken. Must not be called from within {@code fit}.
     *
     * @throws IllegalArgumentException if this listener was built for another network
     */
    public void capture(Model model) {
        if (!network.is(model)) {
            throw new IllegalArgumentException("capture needs the network that this listener was built for");
        }
        if (!open()) {
            return;
        }
        captured = true;
        try {
            frames.capture(
                    model,
                    counter.iterations(WatchedNetwork.iterations(model)),
                    counter.epochs(WatchedNetwork.epochs(model)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops watching: computes the waiting frames, closes all sinks and ends every thread. After the limit of
     * {@link PacingOptions#closeLimit} the current surface is cut short; work that does not end even then is abandoned
     * on its daemon thread, counted and logged. An interrupt does not shorten the wait, and the interrupt status is
     * kept. A second call waits for the first one. A call from within a sink only stops taking frames. Never throws.
     */
    @Override
    public void close() {
        closed = true;
        if (frames.isOwnThread()) {
            return;
        }
        synchronized (closing) {
            if (!closingDone) {
                closingDone = true;
                try {
                    frames.close();
                    noticeRemoval();
                } catch (RuntimeException e) {
                    onceLog.warn("close", "the listener could not be closed properly", e);
                } finally {
                    ended.run();
                }
            }
        }
    }

    /** Deeplearning4j's {@code setListeners} replaces all listeners without notifying those that it removes. */
    private void noticeRemoval() {
        Optional<Model> model = network.network();
        boolean capturesAlone = captured && !calledBack;
        if (model.isEmpty() || capturesAlone || repeated.timesAdded(model.get()) > 0) {
            return;
        }
        long unseen = counter.unseen(WatchedNetwork.iterations(model.get()));
        if (unseen > 0) {
            onceLog.warn(
                    "removed",
                    "this listener is not among its network's listeners (setListeners replaces all of them, addListeners"
                            + " does not): {} of its updates were not watched and have no frames",
                    unseen);
        }
    }

    /** Whether the network is still watched. */
    private boolean open() {
        if (closed) {
            onceLog.warn("closed", "training continues after close(): no more frames are taken");
        }
        return !closed;
    }

    /**
     * Runs a callback; no exception reaches training.
     *
     * @param callback name of the callback
     * @param model the model that calls
     * @param watched action for the watched network
     * @param missed action for another network that this listener was added to
     */
    private void watching(RepeatedCalls.Callback callback, Model model, Runnable watched, Runnable missed) {
        try {
            switch (network.caller(model)) {
                case WATCHED -> {
                    calledBack = true;
                    if (open() && !isRepeated(callback, model)) {
                        watched.run();
                    }
                }
                case LAYER ->
                    onceLog.warn(
                            "layer",
                            "pretraining of a layer ({}) is not watched: the network has no loss then",
                            model.getClass().getSimpleName());
                case REPLICA ->
                    onceLog.warn(
                            "replica",
                            "ParallelWrapper's replicas are left out on purpose: one of them is the network itself");
                case STRANGER -> {
                    refuse(model);
                    missed.run();
                }
            }
        } catch (Throwable e) {
            onceLog.warn(e.getClass(), "a frame could not be taken; training continues", e);
        }
    }

    private boolean isRepeated(RepeatedCalls.Callback callback, Model model) {
        boolean again = repeated.isRepeated(callback, model);
        if (again) {
            onceLog.warn(
                    "repeated",
                    "this listener was added to its network {} times: each frame is taken once",
                    repeated.timesAdded(model));
        }
        return again;
    }

    /** A wrongly added listener must not stop training, so this is logged as an error instead of thrown. */
    private void refuse(Model stranger) {
        onceLog.error(
                "stranger",
                "this listener was built for {} and was added to {} too, which is NOT watched: only the former has"
                        + " frames; both continue to train. Build a listener for each network:"
                        + " network.addListeners(LandscapeListener.builder(network)...build())",
                network,
                WatchedNetwork.describe(stranger));
    }

    /** Counts a frame of another network as skipped. */
    private void missed(boolean due, long iteration) {
        if (due && !closed) {
            frames.skip(iteration, FrameWorker.ANOTHER_NETWORK);
        }
    }
}
