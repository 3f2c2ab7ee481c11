package org.thalweg.listener;

import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.Effort;
import org.thalweg.objective.ParameterSnapshot;

/**
 * Watches a training run: every so many epochs or iterations it copies the parameters, and a worker computes the loss
 * surface around them and the extreme Hessian eigenvalues there.
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
 * <p>On the training thread it does one copy of the parameters a frame and nothing else; nothing is ever thrown into
 * training. DL4J has no callback for the end of training, so {@link #close()} it: that waits for the frames still in
 * work. Every frame is on disk as soon as it is computed, whether or not this is closed.
 *
 * <p>Trainers may call from any of their threads. Calls about another network, or about a layer that is pretrained, are
 * said once and ignored. {@link #capture} and {@link #close()} may be called from any thread, but not from within
 * {@code fit}.
 */
public final class LandscapeListener extends BaseTrainingListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LandscapeListener.class);

    /** How long a surface may take to end where it is. */
    private static final long CUT_MILLIS = 10_000;

    private final WeakReference<Model> watched;
    private final Schedule schedule;
    private final TrainingWatch training;
    private final FrameWorker worker;
    private final @Nullable FramePipeline pipeline;
    private final OverheadGovernor governor;
    private final long closeMillis;
    private final MemoryHeadroom headroom;
    private final RunCounter counter;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Object taking = new Object();
    private volatile boolean epochsAnnounced;
    private volatile boolean closed;
    private long lastTaken;

    LandscapeListener(
            Model model,
            Schedule schedule,
            TrainingWatch training,
            FrameWorker worker,
            @Nullable FramePipeline pipeline,
            OverheadGovernor governor,
            long closeMillis,
            MemoryHeadroom headroom,
            long lastTaken) {
        this.watched = new WeakReference<>(model);
        this.schedule = schedule;
        this.training = training;
        this.worker = worker;
        this.pipeline = pipeline;
        this.governor = governor;
        this.closeMillis = closeMillis;
        this.headroom = headroom;
        this.counter = new RunCounter(iterations(model), epochs(model));
        this.lastTaken = lastTaken;
    }

    /**
     * Starts to describe a listener for a network.
     *
     * @param model an initialized {@link MultiLayerNetwork} or {@link ComputationGraph}
     */
    public static LandscapeListenerBuilder builder(Model model) {
        return new LandscapeListenerBuilder(model);
    }

    /**
     * Number of completed parameter updates of a network, as frames are numbered.
     *
     * @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph
     */
    static long iterations(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return network.getIterationCount();
        }
        if (model instanceof ComputationGraph graph) {
            return graph.getIterationCount();
        }
        throw new IllegalArgumentException("model must be a MultiLayerNetwork or a ComputationGraph, got "
                + model.getClass().getName());
    }

    /** Number of completed epochs of a network. */
    static int epochs(Model model) {
        return model instanceof MultiLayerNetwork network
                ? network.getEpochCount()
                : ((ComputationGraph) model).getEpochCount();
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        watching(model, () -> {
            // DL4J names the iteration that just ended by the number of updates before it.
            long completed = counter.updated(iteration + 1L);
            training.updated(completed, iteration + 1L);
            if (schedule.atIteration(completed)) {
                take(model, completed, counter.epochs(epoch), true, false);
            } else if (!epochsAnnounced && schedule instanceof Schedule.EveryEpochs) {
                sayOnce("this way of training announces no epochs, so the schedule '" + schedule.describe()
                        + "' takes no frames: use Schedule.everyIterations(n), or capture(model)");
            }
            training.iterationDone(model, completed);
        });
    }

    @Override
    public void onEpochStart(Model model) {
        watching(model, () -> {
            epochsAnnounced = true;
            training.epochStarts(counter.iterations(iterations(model)));
        });
    }

    @Override
    public void onEpochEnd(Model model) {
        watching(model, () -> {
            // The model counts the epoch only after this callback.
            int completed = counter.epochEnded(epochs(model) + 1);
            long iterations = counter.iterations(iterations(model));
            if (schedule.atEpoch(completed)) {
                take(model, iterations, completed, false, false);
            }
            training.epochDone(completed, iterations);
        });
    }

    /**
     * Takes a frame of the network as it is now, outside the schedule, and waits until it is recorded: the last one of a
     * run, say. Does nothing if a frame of this iteration has been taken. Not to be called from within {@code fit}.
     *
     * @throws IllegalArgumentException if it is not the network this listener was built for
     */
    public void capture(Model model) {
        if (model != watched.get()) {
            throw new IllegalArgumentException("capture needs the network that this listener was built for");
        }
        if (!watches(model)) {
            return;
        }
        try {
            take(model, counter.iterations(iterations(model)), counter.epochs(epochs(model)), false, true);
            if (pipeline != null) {
                pipeline.drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends watching: waits for frames in work, closes all receivers and ends every thread. After the limit given to the
     * builder the surface in work ends where it is; what does not end even then is left to its daemon thread. Never
     * throws.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (pipeline == null) {
            worker.close();
            return;
        }
        try {
            if (worksOff(pipeline)) {
                pipeline.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean worksOff(FramePipeline working) throws InterruptedException {
        if (working.close(closeMillis)) {
            return true;
        }
        log.warn("frames are in work longer than the close limit of {} ms: they end where they are", closeMillis);
        worker.cutShort();
        if (working.close(CUT_MILLIS)) {
            return true;
        }
        log.warn("the frame in work does not end: it is left behind on a daemon thread, and may be missing");
        return false;
    }

    /** Whether a callback is about the network that is watched; what else calls is said once. */
    private boolean watches(Model model) {
        if (model == watched.get()) {
            if (closed) {
                sayOnce("training goes on after close(): no more frames are taken");
            }
            return !closed;
        }
        if (model instanceof MultiLayerNetwork || model instanceof ComputationGraph) {
            sayOnce(
                    "called for another network than the one it watches: build one listener a network (ParallelWrapper's"
                            + " replicas are left out on purpose: one of them is the network itself)");
        } else {
            sayOnce("pretraining of a layer (" + model.getClass().getSimpleName()
                    + ") is not watched: there is no loss of the network to look at");
        }
        return false;
    }

    private void take(Model model, long iteration, int epoch, boolean unconstrained, boolean wait) {
        synchronized (taking) {
            if (iteration == lastTaken || lacksMemory(iteration)) {
                return;
            }
            if (pipeline != null && !wait && pipeline.skips(iteration)) {
                return;
            }
            Optional<Effort> effort = wait ? Optional.of(Effort.FULL) : governor.plan();
            if (effort.isEmpty()) {
                leaveOut(iteration, "budget");
                return;
            }
            lastTaken = iteration;
            long begun = System.nanoTime();
            TakenSnapshot taken = new TakenSnapshot(
                    snapshot(model, iteration, epoch),
                    training.state(model, iteration, epoch),
                    unconstrained,
                    effort.get());
            governor.begun(System.nanoTime() - begun);
            if (pipeline == null) {
                processInline(taken);
            } else {
                pipeline.offer(taken, wait);
            }
        }
    }

    /** Whether a frame would take memory that training needs; if so it is left out. */
    private boolean lacksMemory(long iteration) {
        Optional<String> shortage = headroom.shortage();
        if (shortage.isEmpty()) {
            return false;
        }
        if (said.add("memory")) {
            log.warn(
                    "frames are left out for want of memory, the first at iteration {}: {}", iteration, shortage.get());
        }
        leaveOut(iteration, "memory");
        return true;
    }

    /** On the training thread, whose open workspaces are training's. */
    private void processInline(TakenSnapshot taken) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            worker.process(taken);
        }
    }

    private void leaveOut(long iteration, String reason) {
        if (pipeline == null) {
            worker.skipped(iteration, reason);
        } else {
            pipeline.leaveOut(iteration, reason);
        }
    }

    /** The one copy that is made on the training thread, outside whatever workspace training has open. */
    static ParameterSnapshot snapshot(Model model, long iteration, int epoch) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return new ParameterSnapshot(iteration, epoch, model.params().dup());
        }
    }

    /** Does what a callback is for, if it is about the network that is watched; nothing gets out into training. */
    private void watching(Model model, Runnable callback) {
        try {
            if (watches(model)) {
                callback.run();
            }
        } catch (Throwable e) {
            if (said.add(e.getClass().getName())) {
                log.warn("a frame could not be taken; training goes on", e);
            } else {
                log.debug("a frame could not be taken", e);
            }
        }
    }

    private void sayOnce(String message) {
        if (said.add(message)) {
            log.warn(message);
        }
    }
}
