package org.thalweg.video.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.film.FilmOptions;

/** An independent reader in Python finds in the event files what was in the frames. */
class TensorBoardSinkTest {

    private static final long SEED = Seeds.fresh("TensorBoardSinkTest");

    private static final FilmOptions PICTURE = FilmOptions.DEFAULT.withSize(160, 90);

    @TempDir
    private Path directory;

    @Test
    void numbersPicturesAndSpectraArrive() throws IOException {
        RandomFrames random = new RandomFrames(new Random(SEED));
        List<Frame> frames = new ArrayList<>();
        for (Frame drawn : SyntheticRun.frames(3, 5, new SplittableRandom(SEED))) {
            frames.add(with(drawn, random.frame(drawn.iteration())));
        }
        List<JsonObject> events = written(frames);
        assertThat(events).as(seed()).hasSize(1 + 2 * frames.size());
        assertThat(events.get(0).get("version").getAsString()).isEqualTo("brain.Event:2");
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            JsonObject numbers = events.get(1 + 2 * i);
            assertThat(numbers.get("step").getAsLong()).as(seed()).isEqualTo(frame.iteration());
            Map<String, JsonObject> values = values(numbers);
            Map<String, Float> scalars = new HashMap<>();
            values.forEach((tag, value) -> {
                if (value.has("scalar")) {
                    scalars.put(tag, value.get("scalar").getAsFloat());
                }
            });
            assertThat(scalars).as(seed()).isEqualTo(expected(frame));
            assertThat(values.containsKey("hessian/spectrum"))
                    .as(seed())
                    .isEqualTo(frame.curvature().reason().isEmpty());
            JsonObject image = value(events.get(2 + 2 * i), "surface").getAsJsonObject("image");
            byte[] png = Base64.getDecoder().decode(image.get("png").getAsString());
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(List.of(picture.getWidth(), picture.getHeight()))
                    .isEqualTo(List.of(
                            image.get("width").getAsInt(), image.get("height").getAsInt()))
                    .isEqualTo(List.of(160, 90));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("no temporary pictures are left").hasSize(1);
        }
    }

    /** Eigenvalues 5, 1 and -1: the ends of 30 buckets, and one in the middle of them. */
    @Test
    void eigenvaluesAreCounted() throws IOException {
        JsonObject histogram = spectrum(curvature(List.of(5.0, 1.0), List.of(-1.0), null));
        assertThat(histogram.get("min").getAsDouble()).isEqualTo(-1);
        assertThat(histogram.get("max").getAsDouble()).isEqualTo(5, within(1e-12));
        assertThat(histogram.get("num").getAsDouble()).isEqualTo(3);
        assertThat(histogram.get("sum").getAsDouble()).isEqualTo(5);
        assertThat(histogram.get("sum_squares").getAsDouble()).isEqualTo(27);
        double[] limits = doubles(histogram.getAsJsonArray("limits"));
        double[] buckets = doubles(histogram.getAsJsonArray("buckets"));
        double[] counted = new double[3];
        for (int i = 0; i < limits.length; i++) {
            double from = i == 0 ? -1.1 : limits[i - 1];
            for (int k = 0; k < 3; k++) {
                double value = new double[] {-1, 1, 5}[k];
                if (value > from - 1e-9 && value <= limits[i] + 1e-9) {
                    counted[k] = Math.max(counted[k], buckets[i]);
                }
            }
        }
        assertThat(counted).containsOnly(1);
    }

    /** A density of mass 1 on cells of width 0.5: 0.2, 0.6 and 0.2 of it. */
    @Test
    void theMassOfADensityIsTheHistogram() throws IOException {
        SpectralDensityValues density = new SpectralDensityValues(
                new double[] {-0.5, 0, 0.5}, new double[] {0.4, 1.2, 0.4}, 0.1, 1, 1, 0.25, 0, 0.5, 0, 1);
        JsonObject histogram = spectrum(curvature(List.of(5.0), List.of(-1.0), density));
        assertThat(doubles(histogram.getAsJsonArray("limits"))).containsExactly(-0.25, 0.25, 0.75);
        assertThat(doubles(histogram.getAsJsonArray("buckets")))
                .containsExactly(new double[] {0.2, 0.6, 0.2}, within(1e-12));
        assertThat(histogram.get("min").getAsDouble()).isEqualTo(-0.75);
        assertThat(histogram.get("sum").getAsDouble()).isEqualTo(0.25);
        assertThat(histogram.get("sum_squares").getAsDouble()).isEqualTo(0.5625);
    }

    private JsonObject spectrum(CurvatureValues curvature) throws IOException {
        Frame frame = SyntheticRun.frames(1, 3, new SplittableRandom(SEED)).get(0);
        return value(written(List.of(with(frame, curvature))).get(1), "hessian/spectrum")
                .getAsJsonObject("histogram");
    }

    private List<JsonObject> written(List<Frame> frames) throws IOException {
        try (TensorBoardSink sink = new TensorBoardSink(directory, PICTURE)) {
            for (Frame frame : frames) {
                sink.frame(frame);
            }
        }
        Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        return Peers.python("/org/thalweg/video/tensorboard/read_events.py", List.of(), file)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static Map<String, Float> expected(Frame frame) {
        Map<String, Float> expected = new HashMap<>();
        expected.put("loss/train", (float) frame.loss());
        frame.validationLoss().ifPresent(value -> expected.put("loss/validation", (float) value));
        frame.accuracy().ifPresent(value -> expected.put("accuracy/train", (float) value));
        frame.validationAccuracy().ifPresent(value -> expected.put("accuracy/validation", (float) value));
        CurvatureValues curvature = frame.curvature();
        if (!curvature.largest().isEmpty()) {
            put(expected, "hessian/lambda_max", curvature.largest().get(0));
        }
        if (!curvature.smallest().isEmpty()) {
            put(
                    expected,
                    "hessian/lambda_min",
                    curvature.smallest().get(curvature.smallest().size() - 1));
        }
        curvature.trace().ifPresent(trace -> {
            expected.put("hessian/trace", (float) trace.value());
            expected.put("hessian/trace_standard_error", (float) trace.standardError());
            trace.samplingError().ifPresent(error -> expected.put("hessian/trace_sampling_error", (float) error));
        });
        curvature
                .estimates()
                .forEach(estimate -> estimate.values()
                        .numbers()
                        .forEach((name, value) -> expected.put(
                                "estimates/" + estimate.operator() + "/" + estimate.estimator() + "/" + name,
                                value.floatValue())));
        frame.quantities().forEach((name, value) -> expected.put("quantities/" + name, value.floatValue()));
        frame.seconds().forEach((stage, value) -> expected.put("seconds/" + stage, value.floatValue()));
        return expected;
    }

    private static void put(Map<String, Float> expected, String tag, Eigenvalue eigenvalue) {
        expected.put(tag, (float) eigenvalue.value());
        expected.put(tag + "_residual", (float) eigenvalue.residual());
        eigenvalue.samplingError().ifPresent(error -> expected.put(tag + "_sampling_error", (float) error));
        eigenvalue.validation().ifPresent(along -> expected.put(tag + "_validation", (float) along));
    }

    private static Map<String, JsonObject> values(JsonObject event) {
        Map<String, JsonObject> values = new HashMap<>();
        event.getAsJsonArray("values").forEach(value -> {
            JsonObject one = value.getAsJsonObject();
            assertThat(values.put(one.get("tag").getAsString(), one))
                    .as("a tag comes once in an event")
                    .isNull();
        });
        return values;
    }

    private static JsonObject value(JsonObject event, String tag) {
        return Objects.requireNonNull(values(event).get(tag), tag);
    }

    private static double[] doubles(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static CurvatureValues curvature(
            List<Double> largest, List<Double> smallest, @Nullable SpectralDensityValues density) {
        return new CurvatureValues(
                largest.stream().map(value -> new Eigenvalue(value, 0, true)).toList(),
                smallest.stream().map(value -> new Eigenvalue(value, 0, true)).toList(),
                "exact",
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(density),
                Map.of());
    }

    /** A drawable surface with everything else of another frame. */
    private static Frame with(Frame surface, Frame rest) {
        return rest.toBuilder().surface(surface.surface()).build();
    }

    private static Frame with(Frame frame, CurvatureValues curvature) {
        return frame.withoutArrays().toBuilder().curvature(curvature).build();
    }

    private static String seed() {
        return "seed " + SEED;
    }
}
