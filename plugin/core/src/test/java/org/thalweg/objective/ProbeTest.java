package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class ProbeTest {

    private final long seed = Seeds.fresh("ProbeTest");

    @Test
    void aSampleIsDrawnWithoutReplacementAndLeavesTheIteratorWhole() {
        DataSetIterator iterator = numbered(100, 7);
        iterator.next();
        Probe probe = Probe.sample(iterator, 30, seed);
        assertThat(probe.size()).isEqualTo(30);
        double[] drawn = probe.features().get(0).getColumn(0).toDoubleVector();
        assertThat(drawn).doesNotHaveDuplicates();
        assertThat(Arrays.stream(drawn).max().orElseThrow())
                .as("not the first ones, seed " + seed)
                .isGreaterThanOrEqualTo(30);
        int left = 0;
        while (iterator.hasNext()) {
            left += iterator.next().numExamples();
        }
        assertThat(left).isEqualTo(100);
        assertThat(probe.source()).contains("30 of 100").contains(Long.toString(seed));
    }

    @Test
    void aSampleDependsOnTheSeedAlone() {
        INDArray first = Probe.sample(numbered(50, 5), 10, seed).features().get(0);
        INDArray again = Probe.sample(numbered(50, 5), 10, seed).features().get(0);
        INDArray other = Probe.sample(numbered(50, 5), 10, seed + 1).features().get(0);
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void featuresStayWithTheirLabels() {
        Probe probe = Probe.sample(numbered(40, 6), 15, seed);
        assertThat(probe.labels().get(0).getColumn(0))
                .isEqualTo(probe.features().get(0).getColumn(0));
    }

    @Test
    void anIteratorThatCannotBeResetIsRefusedBeforeItIsRead() {
        DataSetIterator once = new Once(numbered(10, 5));
        assertThatThrownBy(() -> Probe.sample(once, 5, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reset()")
                .hasMessageContaining("Once");
        assertThat(once.next().numExamples()).isEqualTo(5);
    }

    @Test
    void emptyAndUnevenProbesAreRefusedWithTheirShape() {
        assertThatThrownBy(() -> Probe.sample(new ListDataSetIterator<>(List.of(), 1), 5, seed))
                .hasMessageContaining("at least one example");
        assertThatThrownBy(() -> Probe.sample(numbered(10, 5), 0, seed)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> Probe.of(Nd4j.zeros(3, 2), Nd4j.zeros(4, 2))).hasMessageContaining("[4, 2]");
    }

    @Test
    void aProbeIsACopy() {
        INDArray features = Nd4j.ones(3, 2);
        Probe probe = Probe.of(features, Nd4j.ones(3, 1));
        features.assign(7);
        assertThat(probe.features().get(0)).isEqualTo(Nd4j.ones(3, 2));
    }

    @Test
    void batchesCoverTheProbeInOrderWithTheirMasks() {
        Probe probe = Probe.of(Networks.sequences(10, 4, seed));
        List<Probe> batches = probe.batches(4);
        assertThat(batches).extracting(Probe::size).containsExactly(4, 4, 2);
        INDArray[] masks =
                batches.stream().map(batch -> batch.labelsMasks().get(0)).toArray(INDArray[]::new);
        assertThat(Nd4j.concat(0, masks)).isEqualTo(probe.labelsMasks().get(0));
    }

    private static DataSetIterator numbered(int n, int batch) {
        INDArray numbers = Nd4j.createFromArray(
                        LongStream.range(0, n).mapToDouble(i -> i).toArray())
                .castTo(DataType.FLOAT)
                .reshape(n, 1);
        return new ListDataSetIterator<>(new DataSet(numbers, numbers.dup()).asList(), batch);
    }

    /** An iterator of a stream that is gone once read. */
    private static final class Once implements DataSetIterator {
        private final DataSetIterator source;

        Once(DataSetIterator source) {
            this.source = source;
        }

        @Override
        public DataSet next(int n) {
            return source.next(n);
        }

        @Override
        public int inputColumns() {
            return source.inputColumns();
        }

        @Override
        public int totalOutcomes() {
            return source.totalOutcomes();
        }

        @Override
        public boolean resetSupported() {
            return false;
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("gone");
        }

        @Override
        public int batch() {
            return source.batch();
        }

        @Override
        public void setPreProcessor(org.nd4j.linalg.dataset.api.DataSetPreProcessor preProcessor) {
            source.setPreProcessor(preProcessor);
        }

        @Override
        public org.nd4j.linalg.dataset.api.DataSetPreProcessor getPreProcessor() {
            return source.getPreProcessor();
        }

        @Override
        public List<String> getLabels() {
            return source.getLabels();
        }

        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public DataSet next() {
            return source.next();
        }
    }
}
