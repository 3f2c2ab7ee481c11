package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class RunErrorsTest {

    private final long seed = Seeds.fresh("RunErrorsTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));

    @TempDir
    private Path temporary;

    @Test
    void anOutputPathThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "x");
        assertThatThrownBy(() -> RunDirectory.create(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is a file");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "x");
        Path below = file.resolve("run");
        assertThatThrownBy(() -> RunDirectory.create(below))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(below + " cannot be written");
    }

    @Test
    void aDirectoryOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("thesis.tex"), "x");
        assertThatThrownBy(() -> new RunRecorder(temporary).start(random.provenance("test")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("not a run");
        assertThat(temporary).isDirectoryNotContaining("glob:**run.json");
    }

    @Test
    void aRunWithFramesIsNotOverwrittenOneWithoutIs() throws IOException {
        try (RunRecorder first = new RunRecorder(temporary)) {
            first.start(random.provenance("first"));
        }
        try (RunRecorder second = new RunRecorder(temporary)) {
            second.start(random.provenance("second"));
            second.frame(random.frame(0));
        }
        assertThat(RunReader.open(temporary).provenance().run()).isEqualTo("second");
        assertThatThrownBy(() -> new RunRecorder(temporary).start(random.provenance("third")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(temporary + " already holds a run with 1 frame");
    }

    @Test
    void aRecorderSaysHowItIsMisused() throws IOException {
        RunRecorder recorder = new RunRecorder(temporary.resolve("run"));
        assertThatThrownBy(() -> recorder.frame(random.frame(0))).hasMessageContaining("must be started");
        recorder.start(random.provenance("test"));
        assertThatThrownBy(() -> recorder.start(random.provenance("test"))).hasMessageContaining("already");
        recorder.close();
    }

    @Test
    void whatJsonAndHdf5CannotHoldIsNamed() {
        RunProvenance base = random.provenance("test");
        assertThatThrownBy(() -> new RunRecorder(temporary.resolve("a"))
                        .start(with(base, Map.of("seed", Thread.class), base.probe())))
                .hasMessageContaining("option seed");
        List<NamedArray> empty = List.of(new NamedArray("features", new long[] {0, 3}, new float[0]));
        assertThatThrownBy(() -> new RunRecorder(temporary.resolve("b")).start(with(base, Map.of(), empty)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("probe.h5")
                .hasMessageContaining("features of shape [0, 3]");
    }

    @Test
    void whatIsNoRunIsNamed() {
        assertThatThrownBy(() -> RunReader.open(temporary.resolve("nowhere"))).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> RunReader.open(temporary)).hasMessageContaining("no run.json");
    }

    @Test
    void aMissingFrameIsNamed() throws IOException {
        assertThatThrownBy(() -> recorded().frame(99)).hasMessageContaining("000000099.h5");
    }

    @Test
    void aFrameUnderAnotherIterationIsNamed() throws IOException {
        RunReader run = recorded();
        Path renamed = run.directory().frame(7);
        Files.copy(run.directory().frame(0), renamed);
        assertThatThrownBy(() -> run.frame(7))
                .isInstanceOf(RunFormatException.class)
                .hasMessage(renamed + " is damaged or renamed: it holds the frame of iteration 0");
    }

    @Test
    void directoriesAndDanglingLinksAreNoFrames() throws IOException {
        RunReader run = recorded();
        List<Long> frames = run.iterations();
        Files.createDirectory(run.directory().frame(1_000_000));
        Files.createSymbolicLink(run.directory().frame(1_000_001), temporary.resolve("nowhere"));
        Files.writeString(run.directory().frame(1_000_002).resolveSibling("1000002.h5.txt"), "x");
        assertThat(run.iterations()).isEqualTo(frames);
    }

    @Test
    void aFormatOfTheFutureIsNamed() throws IOException {
        RunReader run = recorded();
        Path frame = run.directory().frame(0);
        Files.delete(frame);
        try (WritableHdfFile hdf = HdfFile.write(frame)) {
            hdf.putGroup("thalweg").putAttribute("format", 99);
        }
        assertThatThrownBy(() -> run.frame(0))
                .isInstanceOf(RunFormatException.class)
                .hasMessageContaining(frame + " has format version 99");

        Path description = run.directory().description();
        Files.writeString(description, Files.readString(description).replace("\"format\": 1", "\"format\": 99"));
        assertThatThrownBy(() -> RunReader.open(temporary))
                .isInstanceOf(RunFormatException.class)
                .hasMessageContaining(description + " has format version 99");
        for (String number : List.of("1e400", "1e1000000000", "1.5", "-1e400", "18446744073709551617")) {
            Files.writeString(
                    description,
                    Files.readString(description).replaceFirst("\"format\": [^,]*", "\"format\": " + number));
            assertThatThrownBy(() -> RunReader.open(temporary))
                    .isInstanceOf(RunFormatException.class)
                    .hasMessageContaining(description + " is damaged: format must be a whole number, got ");
        }
    }

    @Test
    void shapesThatNoArrayCanHaveAreDamage() throws IOException {
        try (RunRecorder recorder = new RunRecorder(temporary)) {
            recorder.start(random.provenance("test"));
        }
        Path description = temporary.resolve("run.json");
        String whole = Files.readString(description);
        List<String> shapes = List.of(
                "[4294967296, 4294967296]",
                "[3037000500, 3037000500]",
                "[-1]",
                "[1e30]",
                "[2, 1.5]",
                "[9223372036854775807, 2]");
        for (String shape : shapes) {
            Files.writeString(description, whole.replaceFirst("\"shape\": \\[[^]]*]", "\"shape\": " + shape));
            assertThatThrownBy(() -> RunReader.open(temporary))
                    .as(shape)
                    .isInstanceOf(RunFormatException.class)
                    .hasMessageContaining(description + " is damaged: ");
        }
        Files.writeString(description, whole.replaceAll("\"shape\": \\[[^]]*]", "\"shape\": [9223372036854775807]"));
        assertThatThrownBy(() -> RunReader.open(temporary))
                .hasMessageContaining(
                        description + " is damaged: the parameters of run test must have fewer than 2^63");
    }

    @Test
    void aDamagedDescriptionIsNamed() throws IOException {
        Path description = recorded().directory().description();
        String whole = Files.readString(description);
        for (String damaged :
                List.of("", "[]", "{\"format\": 1}", whole.substring(0, whole.length() / 2), "{\"format\": []}")) {
            Files.writeString(description, damaged);
            assertThatThrownBy(() -> RunReader.open(temporary))
                    .isInstanceOf(RunFormatException.class)
                    .hasMessageContaining(description + " is damaged");
        }
    }

    @Test
    void aFrameCutShortAnywhereIsNamed() throws IOException {
        RunReader run = recorded();
        Path file = run.directory().frame(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> run.frame(0), "seed %d, cut to %d of %d bytes", seed, length, whole.length)
                    .isInstanceOf(RunFormatException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aFrameThatIsTextIsNamed() throws IOException {
        RunReader run = recorded();
        Files.writeString(run.directory().frame(0), "a frame, said someone");
        assertThatThrownBy(() -> run.frame(0)).isInstanceOf(RunFormatException.class);
    }

    @Test
    void anUnknownStatusIsNamed() throws IOException {
        Frame frame = random.frame(0);
        Path file = temporary.resolve("frame.h5");
        Hdf5.write(file, root -> {
            var summary = root.putGroup("thalweg");
            summary.putAttribute("format", RunFormat.VERSION);
            summary.putAttribute("iteration", frame.iteration());
            summary.putAttribute("epoch", 1);
            summary.putAttribute("status", "dreaming");
            summary.putDataset("evaluated", new byte[1][1]);
        });
        assertThatThrownBy(() -> FrameReader.read(file)).hasMessageContaining("its status is dreaming");
    }

    private RunReader recorded() throws IOException {
        try (RunRecorder recorder = new RunRecorder(temporary)) {
            recorder.start(random.provenance("test"));
            recorder.frame(random.frame(0));
        }
        return RunReader.open(temporary);
    }

    private static RunProvenance with(RunProvenance base, Map<String, Object> options, List<NamedArray> probe) {
        return new RunProvenance(
                base.run(),
                base.versions(),
                base.device(),
                base.objective(),
                base.modelConfiguration(),
                base.parameters(),
                base.dataType(),
                options,
                probe,
                base.probeSource());
    }
}
