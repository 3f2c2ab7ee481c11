package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.analysis.RunSnapshots;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;

/**
 * Runs of one network, recorded with their weights, with the same function on the same probe. Their trajectories can be
 * projected onto one plane, and the surface of that plane can be computed.
 *
 * @param model the first run's network
 * @param probe the training probe, the same in all runs
 * @param validation the first run's validation probe
 * @param options the function of the parameters
 * @param trajectories the recorded snapshots of each run, in the order given
 * @param first the first run
 * @since 0.2.0
 */
public record RecordedRuns(
        Model model,
        Probe probe,
        Optional<Probe> validation,
        ObjectiveOptions options,
        List<RunSnapshots> trajectories,
        RunReader first) {

    private static final String VALIDATION = "validation_";

    /**
     * Reads runs.
     *
     * @param directories of the runs, at least one
     * @param snapshots largest number of snapshots to read from each run, evenly spaced and including the first and the
     *     last, at least 2
     * @throws IOException if a run cannot be read or has no weights; the message names it
     * @throws IllegalArgumentException if the runs differ in architecture, function or probe; the message names the
     *     difference
     */
    public static RecordedRuns read(List<Path> directories, int snapshots) throws IOException {
        return read(directories, snapshots, AllowedClasses.DEFAULT);
    }

    /**
     * As {@link #read(List, int)}.
     *
     * @param allowed the classes that the runs' configurations may name
     */
    public static RecordedRuns read(List<Path> directories, int snapshots, AllowedClasses allowed) throws IOException {
        if (snapshots < 2) {
            throw new IllegalArgumentException("at least the first and the last snapshot are needed, got " + snapshots);
        }
        List<RunReader> runs = new ArrayList<>();
        List<SavedNetwork> networks = new ArrayList<>();
        List<List<Long>> iterations = new ArrayList<>();
        for (Path directory : directories) {
            RunReader run = RunReader.open(directory);
            List<Long> recorded = withWeights(run, directory);
            runs.add(run);
            iterations.add(thinned(recorded, snapshots));
            networks.add(NetworkReader.read(run.directory().weights(recorded.get(recorded.size() - 1)), allowed));
        }
        SavedNetwork.requireSame(networks);
        for (RunReader run : runs) {
            new RunOptions(runs.get(0)).requireSameFunction(new RunOptions(run));
            requireSameProbe(runs.get(0), run);
        }
        Model model = networks.get(0).model();
        ParameterLayout layout = NetworkLayout.of(model);
        List<String> names = names(runs);
        List<RunSnapshots> trajectories = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            trajectories.add(new RunSnapshots(names.get(i), snapshots(runs.get(i), iterations.get(i), layout)));
        }
        Path first = runs.get(0).directory().root();
        boolean validated =
                runs.get(0).probe().stream().anyMatch(array -> array.name().startsWith(VALIDATION));
        return new RecordedRuns(
                model,
                ProbeReader.read(first, ProbeReader.Part.TRAINING, model, Integer.MAX_VALUE, 0),
                validated
                        ? Optional.of(ProbeReader.read(first, ProbeReader.Part.VALIDATION, model, Integer.MAX_VALUE, 0))
                        : Optional.empty(),
                new RunOptions(runs.get(0)).function(),
                trajectories,
                runs.get(0));
    }

    /**
     * The directions of the first run's first frame, as a function of the parameters there, packed.
     *
     * @param layout layout of the packed parameters
     * @param seed seed of other directions than the run's, drawn and scaled in the same way
     * @throws IOException if the run cannot be read
     */
    public Function<INDArray, DirectionPair> firstFrameDirections(ParameterLayout layout, OptionalLong seed)
            throws IOException {
        return new FirstFrameDirections(first, layout, seed);
    }

    private static List<Long> withWeights(RunReader run, Path directory) throws IOException {
        List<Long> recorded = run.iterations().stream()
                .filter(iteration -> Files.exists(run.directory().weights(iteration)))
                .toList();
        if (recorded.isEmpty()) {
            throw new IOException(
                    "the run at " + directory + " has no weights recorded: RecordingOptions.withWeights(true)"
                            + " records them, and --save-weights of the demo");
        }
        return recorded;
    }

    private static List<Long> thinned(List<Long> iterations, int most) {
        int count = Math.min(most, iterations.size());
        return IntStream.range(0, count)
                .mapToObj(i -> iterations.get(
                        count == 1 ? 0 : (int) Math.round((double) i * (iterations.size() - 1) / (count - 1))))
                .toList();
    }

    private static List<ParameterSnapshot> snapshots(RunReader run, List<Long> iterations, ParameterLayout layout)
            throws IOException {
        List<ParameterSnapshot> snapshots = new ArrayList<>();
        for (long iteration : iterations) {
            INDArray flat = ParameterArrays.toFlat(layout, run.weights(iteration));
            snapshots.add(new ParameterSnapshot(iteration, run.frame(iteration).epoch(), flat));
        }
        return snapshots;
    }

    /** Names of the runs, or of their directories where two runs have the same name. */
    private static List<String> names(List<RunReader> runs) {
        List<String> names = distinct(runs, run -> run.provenance().run());
        if (names.isEmpty()) {
            names = distinct(
                    runs,
                    run -> run.directory()
                            .root()
                            .toAbsolutePath()
                            .normalize()
                            .getFileName()
                            .toString());
        }
        return names.isEmpty()
                ? runs.stream().map(run -> run.directory().root().toString()).toList()
                : names;
    }

    private static List<String> distinct(List<RunReader> runs, Function<RunReader, String> name) {
        List<String> names = runs.stream().map(name).toList();
        return names.stream().distinct().count() == names.size() ? names : List.of();
    }

    private static void requireSameProbe(RunReader first, RunReader other) throws IOException {
        Map<String, NamedArray> expected = training(first.probe());
        Map<String, NamedArray> given = training(other.probe());
        if (expected.isEmpty()) {
            throw new IOException(
                    "the run at " + first.directory().root() + " has no probe.h5: its losses cannot be computed again");
        }
        for (String name : expected.keySet()) {
            @Nullable NamedArray array = given.get(name);
            if (array == null || !equal(expected.get(name), array) || given.size() != expected.size()) {
                throw new IllegalArgumentException("runs on one surface must have the same probe: " + name + " of "
                        + first.directory().probe() + " and "
                        + other.directory().probe()
                        + " differ; draw the probe with the same seed for all runs");
            }
        }
    }

    private static Map<String, NamedArray> training(List<NamedArray> probe) {
        return probe.stream()
                .filter(array -> !array.name().startsWith(VALIDATION))
                .collect(Collectors.toMap(NamedArray::name, array -> array));
    }

    private static boolean equal(@Nullable NamedArray a, NamedArray b) {
        if (a == null || !Arrays.equals(a.shape(), b.shape())) {
            return false;
        }
        return a.values() instanceof float[] floats
                ? b.values() instanceof float[] others && Arrays.equals(floats, others)
                : b.values() instanceof double[] doubles && Arrays.equals((double[]) a.values(), doubles);
    }
}
