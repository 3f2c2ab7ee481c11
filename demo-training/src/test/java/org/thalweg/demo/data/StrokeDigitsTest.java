package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class StrokeDigitsTest {

    private static final int SIDE = 28;
    private static final int AREA = SIDE * SIDE;

    private final long seed = Seeds.fresh("StrokeDigitsTest");

    @Test
    void dependOnTheSeedAndTheirNumberAlone() {
        ImageSplit few = new StrokeDigits(seed).split(40, 10);
        ImageSplit more = new StrokeDigits(seed).split(50, 1);

        assertThat(more.training().labels())
                .as("seed %d", seed)
                .startsWith(few.training().labels())
                .endsWith(few.validation().orElseThrow().labels());
        assertThat(more.training().pixels())
                .as("seed %d", seed)
                .startsWith(few.training().pixels())
                .endsWith(few.validation().orElseThrow().pixels());
        assertThat(new StrokeDigits(seed + 1).split(40, 10).training().pixels())
                .isNotEqualTo(few.training().pixels());
    }

    /** Counts of the digits are binomial: 1000 of 10000 each, within five standard deviations of 30. */
    @Test
    void haveAllDigitsEquallyOften() {
        int[] counts = new int[10];
        for (byte label : new StrokeDigits(seed).split(10_000, 1).training().labels()) {
            counts[label]++;
        }
        assertThat(Arrays.stream(counts).boxed().toList())
                .as("seed %d", seed)
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    /** No two images are alike, and each has ink, however thin and faint, on a mostly dark background. */
    @Test
    void areAllDifferent() {
        LabelledImages images = new StrokeDigits(seed).split(500, 1).training();
        assertThat(Arrays.stream(rows(images)).map(Arrays::hashCode).distinct().count())
                .as("seed %d", seed)
                .isEqualTo(500);
        for (byte[] image : rows(images)) {
            long bright = 0;
            for (byte pixel : image) {
                bright += (pixel & 0xff) > 100 ? 1 : 0;
            }
            assertThat(bright).as("seed %d", seed).isLessThan(AREA / 2);
            // Of 100,000 images the faintest had 56; the least noise without ink has 6.
            assertThat(brightestSquare(image)).as("seed %d", seed).isGreaterThan(30);
        }
    }

    /** The mean of the brightest 3 x 3 pixels. */
    private static double brightestSquare(byte[] image) {
        double brightest = 0;
        for (int y = 0; y < SIDE - 2; y++) {
            for (int x = 0; x < SIDE - 2; x++) {
                double sum = 0;
                for (int i = 0; i < 9; i++) {
                    sum += image[(y + i / 3) * SIDE + x + i % 3] & 0xff;
                }
                brightest = Math.max(brightest, sum / 9);
            }
        }
        return brightest;
    }

    private static byte[][] rows(LabelledImages images) {
        byte[][] rows = new byte[images.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(images.pixels(), i * AREA, (i + 1) * AREA);
        }
        return rows;
    }
}
