package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** The events that the page receives about a frame. */
class FrameJsonTest {

    private final long seed = Seeds.fresh("FrameJsonTest");
    private final Random random = new Random(seed);

    @RepeatedTest(20)
    void everyFrameIsJsonOnOneLineWithItsNumbers() {
        Frame frame = new RandomFrames(random).frame(random.nextInt(1000));
        String text = FrameJson.of(frame, List.of(), Optional.empty()).toString();
        assertThat(text).as("seed %d", seed).doesNotContain("\n");
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        assertThat(json.get("iteration").getAsLong()).as("seed %d", seed).isEqualTo(frame.iteration());
        assertThat(json.get("loss").getAsDouble()).as("seed %d", seed).isEqualTo(Double.valueOf(frame.loss()));
        assertThat(json.get("validationLoss").isJsonNull())
                .as("seed %d", seed)
                .isEqualTo(frame.validationLoss().isEmpty());
        JsonObject curvature = json.getAsJsonObject("curvature");
        assertThat(curvature.getAsJsonArray("largest"))
                .as("seed %d", seed)
                .hasSameSizeAs(frame.curvature().largest());
        assertThat(curvature.has("reason") && !curvature.get("reason").isJsonNull())
                .as("seed %d", seed)
                .isEqualTo(frame.curvature().reason().isPresent());
        assertThat(curvature.has("trace"))
                .as("seed %d", seed)
                .isEqualTo(frame.curvature().trace().isPresent());
    }

    /** One minimum in the middle, and one on the rim, lower, behind a ridge. */
    @Test
    void theSurfaceHasItsHollows() {
        double[] axis = {-1, 0, 1, 2, 3};
        double[] profile = {9, 2, 5, 4, 1};
        double[][] loss = new double[axis.length][];
        boolean[][] evaluated = new boolean[axis.length][axis.length];
        for (int row = 0; row < axis.length; row++) {
            double up = axis[row] * axis[row];
            loss[row] = DoubleStream.of(profile).map(value -> value + up).toArray();
            Arrays.fill(evaluated[row], true);
        }
        Frame frame = new Valley(random)
                .frame(1).toBuilder()
                        .surface(new SurfaceValues(
                                axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty()))
                        .build();
        JsonObject surface = FrameJson.of(frame, List.of(), Optional.empty()).getAsJsonObject("surface");
        assertThat(surface.getAsJsonArray("hollows"))
                .hasToString("[{\"alpha\":3.0,\"beta\":0.0,\"birth\":1.0,\"death\":\"Infinity\",\"isOnRim\":true,"
                        + "\"isCertain\":true},{\"alpha\":0.0,\"beta\":0.0,\"birth\":2.0,\"death\":5.0,"
                        + "\"isOnRim\":false,\"isCertain\":true}]");
    }

    @Test
    void theRangeLeavesOutSpikesAndWhatIsNotFinite() {
        int points = 20;
        double[][] loss = new double[points][points];
        boolean[][] evaluated = new boolean[points][points];
        for (int row = 0; row < points; row++) {
            for (int column = 0; column < points; column++) {
                loss[row][column] = 1 + random.nextDouble();
                evaluated[row][column] = true;
            }
        }
        loss[3][4] = 1e9;
        loss[5][6] = Double.NaN;
        loss[7][8] = Double.POSITIVE_INFINITY;
        loss[9][9] = -5;
        evaluated[9][9] = false;
        double[] axis = random.doubles(points).sorted().toArray();
        SurfaceValues surface =
                new SurfaceValues(axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty());
        Frame frame = new Valley(random).frame(1);
        Frame shown = frame.toBuilder()
                .status(Frame.Status.COMPLETE)
                .loss(1, frame.accuracy())
                .surface(surface)
                .build();
        JsonObject ranges = FrameJson.of(shown, List.of(), Optional.empty())
                .getAsJsonObject("surface")
                .getAsJsonObject("ranges");
        assertThat(ranges.keySet()).containsExactly("loss");
        double[] range = ranges.getAsJsonArray("loss").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        assertThat(range[0]).as("seed %d", seed).isBetween(1.0, 2.0);
        assertThat(range[1]).as("seed %d", seed).isBetween(range[0], 2.0);
        assertThat(range[2]).as("seed %d", seed).isEqualTo(1e9);
    }

    @Test
    void interpolatedPointsAreMarkedAndCountInTheRange() {
        double[] axis = {-1, 0, 1};
        boolean[][] evaluated = {{true, false, true}, {false, true, false}, {true, false, true}};
        double[][] loss = {{2, 3, 2}, {3, 1 + random.nextDouble(), 3}, {2, 3, 2}};
        SurfaceInterpolation errors = new SurfaceInterpolation(
                0.005, 0.004, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        SurfaceValues surface = new SurfaceValues(
                axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(errors));
        Frame frame = new Valley(random).frame(1).toBuilder().surface(surface).build();
        JsonObject json = FrameJson.of(frame, List.of(), Optional.empty()).getAsJsonObject("surface");
        assertThat(json.get("evaluated").getAsInt()).isEqualTo(5);
        assertThat(json.getAsJsonObject("interpolated").get("loss").getAsDouble())
                .isEqualTo(0.004);
        assertThat(json.getAsJsonObject("interpolated").get("accuracy").isJsonNull())
                .isTrue();
        assertThat(json.getAsJsonObject("ranges").getAsJsonArray("loss").get(2).getAsDouble())
                .isEqualTo(3);
        byte[] bytes = SurfaceBytes.of(surface);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 9, bytes.length))
                .containsExactly(1, 2, 1, 2, 1, 2, 1, 2, 1);
    }

    /** Cells of equal width have the mass of the cells that they were made from. */
    @RepeatedTest(10)
    void aDensityKeepsItsMassInFewerCells() {
        int points = 2 + random.nextInt(1000);
        double[] lambda = new double[points];
        for (int i = 0; i < points; i++) {
            lambda[i] = -1 + 0.01 * i;
        }
        double[] value = random.doubles(points).toArray();
        double mass = 0.01 * DoubleStream.of(value).sum();
        JsonObject json = DensityJson.of(new SpectralDensityValues(lambda, value, 0.1, 2, 10, 0, 1, 1, 1, 20));
        double[] cells = json.getAsJsonArray("cells").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        double width = (json.get("high").getAsDouble() - json.get("low").getAsDouble()) / cells.length;
        assertThat(cells).as("seed %d", seed).hasSizeLessThanOrEqualTo(128);
        // Four digits a cell.
        assertThat(width * DoubleStream.of(cells).sum()).as("seed %d", seed).isCloseTo(mass, within(1e-3 * mass));
    }
}
