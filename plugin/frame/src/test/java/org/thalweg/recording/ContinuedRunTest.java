package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class ContinuedRunTest {

    private final long seed = Seeds.fresh("ContinuedRunTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));
    private final RunProvenance provenance = random.provenance("test");

    @TempDir
    private Path directory;

    /** A run with frames at 0 and 5. */
    @BeforeEach
    void record() throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance);
            recorder.frame(random.frame(0));
            recorder.frame(random.frame(5));
        }
    }

    @Test
    void framesAreAddedAndTheLastOneIsReplaced() throws IOException {
        String description = Files.readString(directory.resolve("run.json"));
        try (RunRecorder recorder = new RunRecorder(directory, 5)) {
            recorder.start(provenance);
            recorder.frame(random.frame(5));
            recorder.frame(random.frame(9));
        }
        assertThat(RunReader.open(directory).iterations()).containsExactly(0L, 5L, 9L);
        assertThat(lines()).as("seed %d", seed).containsExactly("iteration", "0", "5", "9");
        assertThat(Files.readString(directory.resolve("run.json"))).isEqualTo(description);
    }

    @Test
    void whatAKillLeftIsCompleted() throws IOException {
        Path metrics = directory.resolve("metrics.csv");
        String whole = Files.readString(metrics);
        Files.writeString(metrics, whole.substring(0, whole.length() - 4));
        Files.writeString(directory.resolve("frames/.000000009.h5.part"), "half a frame");
        resume(7, provenance);
        assertThat(Files.readString(metrics)).as("seed %d", seed).isEqualTo(whole);
        assertThat(directory.resolve("frames")).isDirectoryNotContaining("glob:**.part");

        Files.delete(metrics);
        resume(7, provenance);
        assertThat(lines()).containsExactly("iteration", "0", "5");
    }

    @Test
    void aNetworkThatIsNotThereYetIsRefused() {
        refused(new RunRecorder(directory, 4), provenance, "2 frames up to iteration 5", "network is at iteration 4");
    }

    /** They stay until the recorder and all other sinks have accepted the run. */
    @Test
    void laterFramesAreDeletedWithTheFirstNewOneAndNotBefore() throws IOException {
        Path weights = Files.createDirectories(directory.resolve("weights")).resolve("000000005.h5");
        Files.writeString(weights, "of the frame at 5");
        try (RunRecorder recorder = RunRecorder.rewinding(directory, 3)) {
            recorder.start(provenance);
            assertThat(RunReader.open(directory).iterations()).containsExactly(0L, 5L);
            assertThat(lines()).containsExactly("iteration", "0", "5");
            recorder.frame(random.frame(3));
            recorder.frame(random.frame(4));
        }
        assertThat(RunReader.open(directory).iterations()).containsExactly(0L, 3L, 4L);
        assertThat(lines()).as("seed %d", seed).containsExactly("iteration", "0", "3", "4");
        assertThat(weights).doesNotExist();
    }

    @Test
    void anotherRunIsRefusedWhereLaterFramesWouldBeDeleted() throws IOException {
        refused(RunRecorder.rewinding(directory, 3), random.provenance("another"), "different run");
        assertThat(RunReader.open(directory).iterations()).containsExactly(0L, 5L);
        assertThat(lines()).as("seed %d", seed).containsExactly("iteration", "0", "5");
    }

    @Test
    void anotherNetworkOrOtherOptionsAreRefusedByName() {
        Map<String, Object> options = new HashMap<>(provenance.options());
        options.put("normalization", "LAYER");
        refused(with(options), "options.normalization is \"LAYER\"", "in the run it is \"FILTER\"");
        options.remove("normalization");
        refused(with(options), "options.normalization is absent");
        refused(with(provenance.modelConfiguration().replace("1.0E-8", "1.0E-7")), "model.layers[0].eps is 1.0E-7");
    }

    /** Versions may word a summary differently. */
    @Test
    void settingsDecideWhereBothHaveThem(@TempDir Path other) throws IOException {
        Map<String, Object> settings =
                Map.of("curvature", Map.of("lanczos", Map.of("basisSize", 40, "tolerance", 1e-3)));
        resume(other, 5, with(Map.of("schedule", "every epoch"), settings));
        try (RunRecorder first = new RunRecorder(other, 5)) {
            first.start(with(Map.of("schedule", "every epoch"), settings));
            first.frame(random.frame(5));
        }
        resume(other, 5, with(Map.of("schedule", "after each epoch"), settings));
        Map<String, Object> wider = Map.of("curvature", Map.of("lanczos", Map.of("basisSize", 41, "tolerance", 1e-3)));
        assertThatThrownBy(() -> new RunRecorder(other, 5).start(with(Map.of("schedule", "every epoch"), wider)))
                .hasMessageContaining("settings.curvature.lanczos.basisSize is 41, in the run it is 40");
        assertThat(RunReader.open(other).provenance().settings())
                .isEqualTo(Map.of("curvature", Map.of("lanczos", Map.of("basisSize", 40L, "tolerance", 1e-3))));
    }

    @Test
    void aRunWithoutSettingsIsContinuedByItsSummary() throws IOException {
        Map<String, Object> settings = Map.of("schedule", Map.of("kind", "EveryEpochs", "n", 1));
        resume(5, with(provenance.options(), settings));
        Map<String, Object> options = new HashMap<>(provenance.options());
        options.put("normalization", "LAYER");
        refused(with(options, settings), "options.normalization is \"LAYER\"", "in the run it is \"FILTER\"");
    }

    @Test
    void theCountersOfTrainingAreNotTheNetwork() throws IOException {
        resume(5, with(provenance.modelConfiguration().replace("{\"layers\"", "{\"iterationCount\":5,\"layers\"")));
    }

    @Test
    void anotherProbeIsRefusedByName() {
        NamedArray features = provenance.probe().get(0);
        NamedArray labels = provenance.probe().get(1);
        refused(with(List.of(features)), "probe's labels are missing");
        long[] shape = labels.shape();
        NamedArray turned = new NamedArray("labels", new long[] {shape[1], shape[0]}, labels.values());
        refused(with(List.of(features, turned)), "probe's labels have the shape [10, 70]", "[70, 10]");
        refused(with(List.of(changed(features), labels)), "probe's features have other values");
    }

    @Test
    void aTableThatIsNoneIsNamed() throws IOException {
        Files.writeString(directory.resolve("metrics.csv"), "iteration,loss\nlater,1\n");
        refused(new RunRecorder(directory, 5), provenance, "metrics.csv is damaged", "'later'");
    }

    private void resume(long iteration, RunProvenance now) throws IOException {
        resume(directory, iteration, now);
    }

    private static void resume(Path run, long iteration, RunProvenance now) throws IOException {
        try (RunRecorder recorder = new RunRecorder(run, iteration)) {
            recorder.start(now);
        }
    }

    private void refused(RunProvenance other, String... parts) {
        refused(new RunRecorder(directory, 5), other, parts);
    }

    private void refused(RunRecorder recorder, RunProvenance other, String... parts) {
        assertThatThrownBy(() -> recorder.start(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContainingAll(parts);
    }

    /** The first cells of metrics.csv. */
    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("metrics.csv")).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private static NamedArray changed(NamedArray array) {
        Object values = array.values();
        if (values instanceof float[] floats) {
            float[] others = floats.clone();
            others[others.length - 1] += 1;
            return new NamedArray(array.name(), array.shape(), others);
        }
        double[] others = ((double[]) values).clone();
        others[others.length - 1] += 1;
        return new NamedArray(array.name(), array.shape(), others);
    }

    private RunProvenance with(Map<String, Object> options) {
        return with(provenance.modelConfiguration(), options, provenance.probe());
    }

    private RunProvenance with(Map<String, Object> options, Map<String, Object> settings) {
        return new RunProvenance(
                provenance.run(),
                provenance.versions(),
                provenance.device(),
                provenance.objective(),
                provenance.modelConfiguration(),
                provenance.parameters(),
                provenance.dataType(),
                options,
                settings,
                provenance.probe(),
                provenance.probeSource());
    }

    private RunProvenance with(String configuration) {
        return with(configuration, provenance.options(), provenance.probe());
    }

    private RunProvenance with(List<NamedArray> probe) {
        return with(provenance.modelConfiguration(), provenance.options(), probe);
    }

    private RunProvenance with(String configuration, Map<String, Object> options, List<NamedArray> probe) {
        return new RunProvenance(
                provenance.run(),
                Map.of("thalweg", "another"),
                "another device",
                provenance.objective(),
                configuration,
                provenance.parameters(),
                provenance.dataType(),
                options,
                probe,
                provenance.probeSource());
    }
}
