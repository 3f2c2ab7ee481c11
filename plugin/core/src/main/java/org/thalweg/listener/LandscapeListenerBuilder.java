package org.thalweg.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.Device;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.surface.Grid;

/**
 * Builds a {@link LandscapeListener}. Only {@link #probe} is required.
 *
 * <p>Options come in records, each with a {@code DEFAULT} and a {@code with...} method for each of its components.
 * {@link #schedule}, {@link #grid}, {@link #eigenvalues} and {@link #recordTo} are shortcuts for one component each and
 * combine with the records in any order. No method accepts null. {@link #build()} rejects contradictory options. Not
 * thread-safe; for one listener.
 *
 * @since 0.2.0
 */
public final class LandscapeListenerBuilder {

    private final Model model;
    private final List<FrameSink> sinks = new ArrayList<>();
    private final List<FindingListener> findingListeners = new ArrayList<>();
    private @Nullable Probe probe;
    private @Nullable Probe validation;
    private @Nullable ObjectiveFactory objectives;
    private @Nullable MeterRegistry registry;
    private Device device = Device.AUTO;
    private boolean exactOnly;
    private ObjectiveOptions objective = ObjectiveOptions.DEFAULT;
    private SurfaceOptions surface = SurfaceOptions.DEFAULT;
    private @Nullable CurvatureOptions curvature;
    private QuantityOptions quantities = QuantityOptions.DEFAULT;
    private RecordingOptions recording = RecordingOptions.DEFAULT;
    private PacingOptions pacing = PacingOptions.DEFAULT;
    private @Nullable Schedule schedule;
    private @Nullable Grid grid;
    private @Nullable Integer eigenvalues;
    private @Nullable Path directory;

    LandscapeListenerBuilder(Model model) {
        WatchedNetwork.iterations(given("builder", model));
        if (model.params() == null) {
            throw new IllegalArgumentException("network has no parameters yet: call init() before building a listener");
        }
        this.model = model;
    }

    /** The fixed sample on which loss and curvature are measured. Required. */
    public LandscapeListenerBuilder probe(Probe probe) {
        this.probe = given("probe", probe);
        return this;
    }

    /** A second sample, on which the surface is also measured. */
    public LandscapeListenerBuilder validation(Probe validation) {
        this.validation = given("validation", validation);
        return this;
    }

    /** When frames are due; every epoch by default. Short for {@link PacingOptions#withSchedule}. */
    public LandscapeListenerBuilder schedule(Schedule schedule) {
        this.schedule = given("schedule", schedule);
        return this;
    }

    /**
     * Points a side of a square surface on [-1, 1]^2; 25 by default. Short for
     * {@link SurfaceOptions#withGrid(int, double)}.
     *
     * @param points odd
     */
    public LandscapeListenerBuilder grid(int points) {
        this.grid = Grid.square(points, 1).requireCenter();
        return this;
    }

    /** Number of eigenvalues at each end; 1 by default, 0 for no curvature at all. */
    public LandscapeListenerBuilder eigenvalues(int eachEnd) {
        if (eachEnd < 0) {
            throw new IllegalArgumentException("number of eigenvalues must not be negative, got " + eachEnd);
        }
        this.eigenvalues = eachEnd;
        return this;
    }

    /** Records the run into a directory, or continues it. Short for {@link RecordingOptions#withDirectory}. */
    public LandscapeListenerBuilder recordTo(Path directory) {
        this.directory = given("recordTo", directory);
        return this;
    }

    /** The function of the parameters to measure. */
    public LandscapeListenerBuilder objective(ObjectiveOptions objective) {
        this.objective = given("objective", objective);
        return this;
    }

    /** The surface of each frame. */
    public LandscapeListenerBuilder surface(SurfaceOptions surface) {
        this.surface = given("surface", surface);
        return this;
    }

    /** The curvature of each frame. */
    public LandscapeListenerBuilder curvature(CurvatureOptions curvature) {
        this.curvature = given("curvature", curvature);
        return this;
    }

    /** The further quantities of each frame. */
    public LandscapeListenerBuilder quantities(QuantityOptions quantities) {
        this.quantities = given("quantities", quantities);
        return this;
    }

    /** The contents and the place of the recording. */
    public LandscapeListenerBuilder recording(RecordingOptions recording) {
        this.recording = given("recording", recording);
        return this;
    }

    /** The times of frames, and limits on training's wait for them. */
    public LandscapeListenerBuilder pacing(PacingOptions pacing) {
        this.pacing = given("pacing", pacing);
        return this;
    }

    /**
     * Where frames are computed; {@link Device#AUTO} by default. A device that fails later costs no frame: ND4J's backend
     * computes it, and all later ones.
     */
    public LandscapeListenerBuilder device(Device device) {
        this.device = given("device", device);
        return this;
    }

    /**
     * Computes the objective elsewhere, for example on a cluster. The listener closes neither the factory nor resources
     * shared through it.
     */
    public LandscapeListenerBuilder objectives(ObjectiveFactory objectives) {
        this.objectives = given("objectives", objectives);
        return this;
    }

    /** Rejects networks whose Hessian products would be finite differences. */
    public LandscapeListenerBuilder exactOnly() {
        this.exactOnly = true;
        return this;
    }

    /** Publishes every frame as meters. */
    public LandscapeListenerBuilder meterRegistry(MeterRegistry registry) {
        this.registry = given("meterRegistry", registry);
        return this;
    }

    /** Adds a receiver of frames; it is closed with the listener, or when {@link #build()} fails. */
    public LandscapeListenerBuilder sink(FrameSink sink) {
        sinks.add(given("sink", sink));
        return this;
    }

    /**
     * Adds a receiver of findings, sentences on what frames mean; it is called when a frame has one that the frame before did
     * not have.
     */
    public LandscapeListenerBuilder onFinding(FindingListener listener) {
        findingListeners.add(given("onFinding", listener));
        return this;
    }

    /**
     * Checks all options, cheap checks first; logs the network, the device and an estimate of the cost; and computes
     * the frame before training on the calling thread, unless {@link PacingOptions#firstFrame} says otherwise.
     *
     * @return the listener; add it to the network
     * @throws IllegalStateException if there is no probe, if options contradict each other, or if a sink cannot start,
     *     for example because the run directory cannot be used
     * @throws IllegalArgumentException if the probe does not fit the network
     * @throws UnsupportedNetworkException if a layer does not support the requested function: with
     *     {@link #exactOnly()}, or in mode {@code TRAINING} for layers that draw random numbers at every pass
     * @throws UnusableBackendException if ND4J's kernels do not run on this machine's GPU
     */
    public LandscapeListener build() {
        ListenerAssembly assembly;
        try {
            assembly = new ListenerAssembly(model, options());
        } catch (RuntimeException | Error e) {
            // No one else may hold them, and the port of a page would stay occupied.
            new SinkGroup(sinks, pacing.sinkLimit(), pacing.closeLimit()).close();
            throw e;
        }
        return assembly.assemble();
    }

    /** A null would look like a setter that was not called, and the run would not be recorded. */
    private static <T> T given(String setter, T value) {
        return Objects.requireNonNull(value, () -> setter + "(...) must not be given null");
    }

    /** All options, checked for contradictions. */
    private ListenerOptions options() {
        if (probe == null) {
            throw new IllegalStateException(
                    "a probe is required: .probe(Probe.of(dataSet)) or .probe(Probe.sample(iterator, 512, seed))");
        }
        return new ListenerOptions(
                probe,
                Optional.ofNullable(validation),
                Optional.ofNullable(objectives),
                device,
                exactOnly,
                List.copyOf(sinks),
                List.copyOf(findingListeners),
                Optional.ofNullable(registry),
                objective,
                surface.withGrid(
                        Shortcut.resolve("grid", grid, "surface", surface.grid(), SurfaceOptions.DEFAULT.grid())),
                Shortcut.curvature(eigenvalues, curvature),
                quantities,
                directory == null
                        ? recording
                        : recording.withDirectory(Shortcut.resolve(
                                "recordTo",
                                directory,
                                "recording",
                                recording.directory().orElse(directory),
                                directory)),
                pacing.withSchedule(Shortcut.resolve(
                        "schedule", schedule, "pacing", pacing.schedule(), PacingOptions.DEFAULT.schedule())));
    }
}
