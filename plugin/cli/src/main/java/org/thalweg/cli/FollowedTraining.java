package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.data.CheckpointFolder;
import org.thalweg.data.CheckpointFolder.Checkpoint;
import org.thalweg.data.NetworkReader;
import org.thalweg.data.SavedNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.listener.FirstFrame;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.LandscapeListenerBuilder;
import org.thalweg.listener.PacingOptions;
import org.thalweg.listener.RecordingOptions;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunDirectory;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.OutputPath;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.film.FilmMaker;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.viewer.PageFile;

/**
 * Has a listener take a frame of each network in a folder, one after the other, so that frames are the same as in
 * training at these weights.
 */
final class FollowedTraining {

    private static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(960, 540).withLength(8, 20).withCards(true);

    private final FollowOptions options;
    private final SurfaceOptions surface;
    private final PrintWriter out;
    private final long start = System.nanoTime();

    /** @param out receives messages for the user */
    FollowedTraining(FollowOptions options, SurfaceOptions surface, PrintWriter out) {
        this.options = options;
        this.surface = surface;
        this.out = out;
    }

    /**
     * Makes or continues the run.
     *
     * @throws IOException if networks, data or the run cannot be read, written or continued, or a frame cannot be
     *     computed; the message names the file
     */
    void run() throws IOException {
        CheckpointFolder folder = CheckpointFolder.read(options.folder);
        folder.leftOut().forEach(out::println);
        List<Checkpoint> missing = missing(folder);
        if (!missing.isEmpty()) {
            requireSame(folder);
            try (Interruption interruption = Interruption.watch()) {
                Failures failures = new Failures();
                boolean all = frames(missing, interruption, failures);
                failures.check(options.folder);
                if (!all) {
                    StudySummary.stopped(out);
                    return;
                }
            }
        }
        RunReader run = RunReader.open(options.output);
        out.println(options.output + ": " + run.iterations().size() + " frames");
        if (!options.noFilm) {
            film(run);
        }
    }

    /** The networks without a frame in the run. */
    private List<Checkpoint> missing(CheckpointFolder folder) throws IOException {
        if (!RunDirectory.hasFrames(options.output)) {
            OutputPath.prepareDirectory(options.output);
            return folder.checkpoints();
        }
        List<Long> recorded = RunReader.open(options.output).iterations();
        long last = recorded.get(recorded.size() - 1);
        List<Checkpoint> missing = folder.checkpoints().stream()
                .filter(checkpoint -> !recorded.contains(checkpoint.iteration()))
                .toList();
        if (!missing.isEmpty() && missing.get(0).iteration() < last) {
            throw new IOException(missing.get(0).file() + " has iteration "
                    + missing.get(0).iteration() + ", and " + options.output + " has frames up to " + last
                    + ": frames are made in order, so choose another directory");
        }
        out.println("continuing " + options.output + ", which has " + recorded.size() + " frames");
        return missing;
    }

    /**
     * Networks are checked before the first frame, which may take long, and in pairs, since not all may fit into
     * memory.
     */
    private void requireSame(CheckpointFolder folder) throws IOException {
        SavedNetwork first = read(folder.checkpoints().get(0));
        if (first.normalized()) {
            out.println(first.file() + " contains a normalizer, which is not applied to the data");
        }
        for (Checkpoint checkpoint :
                folder.checkpoints().subList(1, folder.checkpoints().size())) {
            SavedNetwork.requireSame(List.of(first, read(checkpoint)));
        }
    }

    private SavedNetwork read(Checkpoint checkpoint) throws IOException {
        return NetworkReader.read(checkpoint.file(), options.classes.allowed());
    }

    /** Takes frames; returns whether all were taken. */
    private boolean frames(List<Checkpoint> missing, Interruption interruption, Failures failures) throws IOException {
        Model model = read(missing.get(0)).model();
        count(model, missing.get(0));
        try (ObjectiveMaker data = ObjectiveMaker.of(null, options.on.device, out);
                Progress progress = Progress.of("frames", "networks", missing.size());
                LandscapeListener listener = listener(model, data, failures)) {
            for (int i = 0; i < missing.size(); i++) {
                if (interruption.requested() || outOfTime()) {
                    return false;
                }
                Checkpoint checkpoint = missing.get(i);
                model.setParams(read(checkpoint).model().params());
                count(model, checkpoint);
                listener.capture(model);
                failures.check(checkpoint.file());
                progress.stepTo(i + 1);
            }
            return true;
        }
    }

    private boolean outOfTime() {
        return options.minutes != null && System.nanoTime() - start > options.minutes * 60e9;
    }

    private LandscapeListener listener(Model model, ObjectiveMaker data, Failures failures) throws IOException {
        LandscapeListenerBuilder builder = LandscapeListener.builder(model)
                .probe(data.training(options.data, model, options.plane.seed))
                .objective(options.function.objective())
                .device(options.on.device)
                .surface(surface)
                .recording(RecordingOptions.DEFAULT
                        .withDirectory(options.output)
                        .withWeights(options.weights())
                        .withDirections(options.saveDirections))
                .pacing(PacingOptions.DEFAULT
                        .withSchedule(Schedule.onDemand())
                        .withInline(true)
                        .withFirstFrame(FirstFrame.NONE)
                        .withSinkLimit(Duration.ofHours(1)))
                .sink(failures);
        @Nullable Probe held = data.validation(options.data, model, options.plane.seed);
        if (held != null) {
            builder.validation(held);
        }
        options.curvature().ifPresentOrElse((CurvatureOptions c) -> builder.curvature(c), () -> builder.eigenvalues(0));
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw new IOException(FileErrors.reason(e), e);
        }
    }

    private static void count(Model model, Checkpoint checkpoint) {
        int iteration = Math.toIntExact(checkpoint.iteration());
        if (model instanceof MultiLayerNetwork network) {
            network.setIterationCount(iteration);
            network.setEpochCount(checkpoint.epoch());
        } else if (model instanceof ComputationGraph graph) {
            graph.getConfiguration().setIterationCount(iteration);
            graph.getConfiguration().setEpochCount(checkpoint.epoch());
        }
    }

    private void film(RunReader run) throws IOException {
        Path film = options.output.resolve("landscape.mp4");
        try (Progress progress = Progress.of("film", "pictures", FILM.pictures())) {
            new FilmMaker(Scenes.of(RunFrames.open(options.output), FILM), FILM)
                    .make(film, (pictures, of) -> progress.stepTo(pictures));
        }
        Path page = options.output.resolve("landscape.html");
        PageFile.write(page, List.of(run), List.of());
        out.println("film: " + film);
        out.println("page: " + page);
    }

    /** Remembers why frames are missing: a listener does not throw into training. */
    private static final class Failures implements FrameSink {

        private final List<String> reasons = new ArrayList<>();

        @Override
        public void frame(Frame frame) {}

        @Override
        public synchronized void skipped(long iteration, String reason) {
            reasons.add(reason);
        }

        @Override
        public synchronized void failed(long iteration, Throwable cause) {
            reasons.add(FileErrors.reason(cause));
        }

        @Override
        public synchronized void sinkFailed(String sink, Throwable cause) {
            reasons.add(FileErrors.reason(cause));
        }

        synchronized void check(Path file) throws IOException {
            if (!reasons.isEmpty()) {
                throw new IOException(
                        String.format(Locale.ROOT, "there is no frame of %s: %s", file, String.join("; ", reasons)));
            }
        }
    }
}
