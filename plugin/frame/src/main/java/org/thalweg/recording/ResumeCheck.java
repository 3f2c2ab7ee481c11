package org.thalweg.recording;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;

/**
 * Checks whether frames may be added to a run: new frames must be comparable with the recorded ones. Network, probe and
 * every option must be the run's; versions and device may differ, and there may be more quantities, which later versions
 * have.
 */
final class ResumeCheck {

    private static final String OPTIONS = "options";
    private static final String SETTINGS = "settings";

    private static final String QUANTITIES = "quantities";

    private ResumeCheck() {}

    /**
     * Checks that a recording continues a run.
     *
     * @param run as recorded, with frames
     * @param now the provenance of the new frames
     * @throws IOException naming the directory and the first difference
     */
    static void check(RunReader run, RunProvenance now) throws IOException {
        Optional<String> difference = difference(run, now);
        if (difference.isPresent()) {
            throw new IOException("output directory " + run.directory().root()
                    + " holds a different run, which cannot be continued: " + difference.get()
                    + "; use the same network, probe and options, or choose another directory");
        }
    }

    /**
     * Checks that the network is not older than a run's last frame.
     *
     * @param iteration completed parameter updates of the network
     * @throws IOException naming the directory and both iterations
     */
    static void checkIteration(RunReader run, long iteration) throws IOException {
        List<Long> frames = run.iterations();
        long last = frames.get(frames.size() - 1);
        if (iteration < last) {
            throw new IOException(RunDirectory.holdsRun(run.directory().root(), frames) + " up to iteration " + last
                    + ", and the network is at iteration " + iteration
                    + ": continue with a network saved at that iteration, have the later frames deleted"
                    + " (RecordingOptions.withDiscardLaterFrames(true)),"
                    + " choose another directory, or remove it first");
        }
    }

    private static Optional<String> difference(RunReader run, RunProvenance now) throws IOException {
        Optional<String> difference = difference(run.provenance(), now);
        return difference.isPresent() ? difference : probeDifference(run.probe(), now.probe());
    }

    /** The first difference between provenances, in words, except for the probe's values. */
    static Optional<String> difference(RunProvenance before, RunProvenance now) {
        JsonObject recorded = RunDescription.json(before);
        JsonObject given = RunDescription.json(now);
        // Before 0.2.0, only the summary was recorded.
        String options = recorded.has(SETTINGS) && given.has(SETTINGS) ? SETTINGS : OPTIONS;
        allowMore(recorded.getAsJsonObject(options), given.getAsJsonObject(options));
        return Stream.of("objective", "dataType", options, "parameters", "model")
                .map(name -> JsonDifference.between(name, recorded.get(name), given.get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** If all recorded quantities are among the given ones, compares only those. */
    private static void allowMore(@Nullable JsonObject recorded, @Nullable JsonObject given) {
        if (recorded == null || given == null) {
            return;
        }
        JsonElement before = recorded.get(QUANTITIES);
        JsonElement now = given.get(QUANTITIES);
        if (before instanceof JsonArray fewer
                && now instanceof JsonArray more
                && more.asList().containsAll(fewer.asList())) {
            given.add(QUANTITIES, fewer);
        }
    }

    private static Optional<String> probeDifference(List<NamedArray> recorded, List<NamedArray> now) {
        Map<String, NamedArray> before = byName(recorded);
        Map<String, NamedArray> after = byName(now);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> difference(name, before.get(name), after.get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Map<String, NamedArray> byName(List<NamedArray> arrays) {
        return arrays.stream().collect(Collectors.toMap(NamedArray::name, Function.identity()));
    }

    private static Optional<String> difference(String name, @Nullable NamedArray recorded, @Nullable NamedArray now) {
        if (recorded == null || now == null) {
            return Optional.of("the probe's " + name + (now == null ? " are missing" : " are not in the run"));
        }
        if (!Arrays.equals(recorded.shape(), now.shape())) {
            return Optional.of("the probe's " + name + " have the shape " + Arrays.toString(now.shape())
                    + ", in the run it is " + Arrays.toString(recorded.shape()));
        }
        return Objects.deepEquals(recorded.values(), now.values())
                ? Optional.empty()
                : Optional.of("the probe's " + name + " have other values");
    }
}
