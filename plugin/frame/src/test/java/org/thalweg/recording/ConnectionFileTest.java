package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.LossBarrier;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class ConnectionFileTest {

    private static final double[] PLACES = {0, 0.25, 0.5, 0.75, 1};

    private final long seed = Seeds.fresh("ConnectionFileTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void everythingIsReadAsItWasWritten() throws IOException {
        boolean held = random.nextBoolean();
        RandomFrames frames = new RandomFrames(random);
        ConnectionStudy study = new ConnectionStudy(
                frames.provenance("a.zip"),
                frames.frame(7),
                "a.zip",
                "b.zip",
                path(held),
                path(held),
                numbers(),
                numbers(),
                frames.arrays());
        Path file = directory.resolve("connection.h5");
        ConnectionFile.write(file, study);
        ConnectionStudy read = ConnectionFile.read(file).orElseThrow();
        assertThat(read)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .ignoringFields("frame", "bend", "provenance")
                .isEqualTo(study);
        assertThat(read.bend())
                .as("seed %d", seed)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(study.bend());
        double[][] surface = StudyFile.readSurface(file).frame().surface().loss();
        assertThat(Arrays.deepEquals(surface, read.frame().surface().loss()))
                .as("it is the file of a surface, seed %d", seed)
                .isTrue();
        assertThat(read.provenance().run()).isEqualTo("a.zip");
    }

    @Test
    void otherFilesHoldNoConnection() throws IOException {
        Path file = directory.resolve("frame.h5");
        FrameWriter.write(file, new RandomFrames(random).frame(3));
        assertThat(ConnectionFile.read(file)).isEmpty();
        assertThatThrownBy(() -> ConnectionFile.read(directory.resolve("none.h5")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.h5");
    }

    @Test
    void theBarrierIsTheRiseAboveTheEnds() {
        double[] loss = {1, 2, 4, 3, 3};
        LossBarrier barrier = LossBarrier.of(PLACES, loss);
        assertThat(barrier.height()).isCloseTo(2, within(1e-12));
        assertThat(barrier.t()).isEqualTo(0.5);
        assertThat(barrier.loss()).isEqualTo(4);
        assertThat(LossBarrier.of(PLACES, new double[] {1, 0.5, 1, 1, 3}).height())
                .as("a valley has none")
                .isZero();
        assertThat(LossBarrier.of(PLACES, new double[] {1, 2, Double.NaN, 1, 1}).height())
                .isInfinite();
        assertThatThrownBy(() -> LossBarrier.of(new double[] {0, 0.5}, new double[] {1, 1}))
                .hasMessageContaining("from t = 0 to 1");
    }

    private LineValues path(boolean held) {
        return new LineValues(
                PLACES,
                new boolean[] {true, true, true, true, true},
                numbers(),
                Optional.of(numbers()),
                held ? Optional.of(numbers()) : Optional.empty(),
                held ? Optional.of(numbers()) : Optional.empty());
    }

    private double[] numbers() {
        return random.doubles(PLACES.length).toArray();
    }
}
