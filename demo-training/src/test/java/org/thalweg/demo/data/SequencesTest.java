package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.demo.data.ControlCharts.Pattern;
import org.thalweg.testing.Seeds;

class SequencesTest {

    private final long seed = Seeds.fresh("SequencesTest");
    private final UniformRandomProvider random = RandomStreams.of(seed, 0);

    /** Means of the first and the last third, whose noise is within 6 and averages out to 0.8 and less. */
    @ParameterizedTest
    @EnumSource
    void chartsShowTheirPattern(Pattern pattern) {
        for (int i = 0; i < 200; i++) {
            double[] chart = ControlCharts.chart(pattern, random);
            double early = mean(chart, 0, ControlCharts.STEPS / 3);
            double rise = mean(chart, 2 * ControlCharts.STEPS / 3, ControlCharts.STEPS) - early;
            switch (pattern) {
                case NORMAL -> assertThat(rise).as("seed %d", seed).isBetween(-7.0, 7.0);
                case CYCLIC -> assertThat(largest(chart)).as("seed %d", seed).isGreaterThan(7);
                case INCREASING -> assertThat(rise).as("seed %d", seed).isBetween(2.0, 26.0);
                case DECREASING -> assertThat(rise).as("seed %d", seed).isBetween(-26.0, -2.0);
                case UPWARD_SHIFT -> assertThat(rise).as("seed %d", seed).isBetween(1.5, 26.0);
                case DOWNWARD_SHIFT -> assertThat(rise).as("seed %d", seed).isBetween(-26.0, -1.5);
            }
        }
    }

    @Test
    void chartsDependOnSeedAndNumberAlone() {
        ControlCharts charts = new ControlCharts(seed);
        LabelledSequences all = charts.draw(0, 40);
        LabelledSequences late = charts.draw(30, 10);
        assertThat(all.dataSet(30, 39).getFeatures())
                .isEqualTo(late.dataSet(0, 9).getFeatures());
        assertThat(all.dataSet(30, 39).getLabels()).isEqualTo(late.dataSet(0, 9).getLabels());
        assertThat(all.dataSet(3).getFeatures().shape()).containsExactly(1, 1, ControlCharts.STEPS);
        assertThat(all.dataSet(3, 4).getLabels().sumNumber().doubleValue()).isCloseTo(2, within(0.0));
    }

    /** Each label is the next character, which is the next step's feature. */
    @Test
    void charactersAreFollowedByTheirLabels() throws IOException {
        CharacterText text = CharacterText.license(12);
        LabelledSequences pieces = text.pieces(0.25, 0.75);
        int piece = random.nextInt(pieces.size());
        DataSet data = pieces.dataSet(piece);
        INDArray features =
                data.getFeatures().get(NDArrayIndex.point(0), NDArrayIndex.all(), NDArrayIndex.interval(1, 12));
        INDArray labels = data.getLabels().get(NDArrayIndex.point(0), NDArrayIndex.all(), NDArrayIndex.interval(0, 11));
        assertThat(labels.dup()).as("seed %d", seed).isEqualTo(features.dup());
        assertThat(data.getFeatures().sum(1).minNumber().doubleValue()).isCloseTo(1, within(0.0));
        int[] alphabet = text.alphabet();
        StringBuilder read = new StringBuilder();
        INDArray classes = data.getFeatures().argMax(1);
        for (int t = 0; t < 12; t++) {
            read.append((char) alphabet[classes.getInt(0, t)]);
        }
        assertThat(text.text()).as("seed %d", seed).contains(read);
        assertThat(text.text()).startsWith("Apache License Version 2.0");
    }

    @Test
    void aTextThatIsTooShortIsRefused() {
        assertThatThrownBy(() -> new CharacterText("abc", 3, "three letters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than a piece of 3 characters, got 3");
    }

    private static double mean(double[] chart, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += chart[t] - 30;
        }
        return sum / (to - from);
    }

    private static double largest(double[] chart) {
        double largest = 0;
        for (double value : chart) {
            largest = Math.max(largest, value - 30);
        }
        return largest;
    }
}
