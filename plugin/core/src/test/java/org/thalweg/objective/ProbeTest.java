package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class ProbeTest {

    private final long seed = Seeds.fresh("ProbeTest");

    @Test
    void aProbeOfWhichNoLabelCountsIsRefused() {
        DataSet data = Networks.sequences(4, 3, seed);
        data.getLabelsMaskArray().assign(0);
        assertThatThrownBy(() -> Probe.of(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no example of the probe counts: every label is masked");
        assertThatThrownBy(() -> Probe.sample(new ListDataSetIterator<>(data.asList(), 2), 4, 1))
                .hasMessageContaining("every label is masked");
        data.getLabelsMaskArray().putScalar(0, 0, 1);
        assertThat(Probe.of(data).size()).isEqualTo(4);
    }

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

    /** Merging by DataSet.merge makes [n, 1] masks [n, C], with ones in all columns but the first. */
    @Test
    void masksOfExamplesStayMasksOfExamples() {
        DataSet data = Networks.data(12, seed, 6);
        INDArray mask = Networks.normal(new Random(seed), 12, 1).gt(0).castTo(DataType.DOUBLE);
        data.setLabelsMaskArray(mask);
        INDArray unmasked = Nd4j.ones(DataType.DOUBLE, 5, 1);
        for (boolean first : new boolean[] {true, false}) {
            DataSet plain = Networks.data(5, seed + 1, 6);
            List<DataSet> batches = first ? List.of(data, plain) : List.of(plain, data);
            Probe probe = Probe.sample(new ExistingDataSetIterator(batches), 17, seed);
            INDArray merged = Objects.requireNonNull(probe.labelsMasks().get(0));
            assertThat(merged.shape()).as("seed %d", seed).containsExactly(17, 1);
            INDArray expected = first ? Nd4j.concat(0, mask, unmasked) : Nd4j.concat(0, unmasked, mask);
            assertThat(merged.castTo(DataType.DOUBLE)).as("seed %d", seed).isEqualTo(expected.castTo(DataType.DOUBLE));
        }
    }

    @Test
    void sequencesOfDifferentLengthsArePaddedAndMasked() {
        DataSet shorter = Networks.sequences(3, 4, seed);
        DataSet longer = Networks.sequences(2, 6, seed + 1);
        shorter.setFeaturesMaskArray(null);
        Probe probe = Probe.sample(new ExistingDataSetIterator(List.of(shorter, longer)), 5, seed);
        assertThat(probe.features().get(0).shape()).containsExactly(5, 4, 6);
        INDArray mask = Objects.requireNonNull(probe.featuresMasks().get(0));
        assertThat(mask.shape()).containsExactly(5, 6);
        assertThat(mask.getRow(0).toDoubleVector()).containsExactly(1, 1, 1, 1, 0, 0);
        assertThat(mask.getRow(4)).isEqualTo(longer.getFeaturesMaskArray().getRow(1));
        INDArray labels = Objects.requireNonNull(probe.labelsMasks().get(0));
        assertThat(labels.getRow(1).get(NDArrayIndex.interval(4, 6)).sumNumber().doubleValue())
                .isZero();
    }

    /** A pre-processor that draws from ND4J's generator, as some do that add noise. */
    @Test
    void trainingsRandomNumbersAreTheSameAfterASample() {
        Nd4j.getRandom().setSeed(seed);
        Nd4j.rand(3, 3);
        long root = Nd4j.getRandom().rootState();
        long node = Nd4j.getRandom().nodeState();
        INDArray expected = Nd4j.rand(4, 4);
        Nd4j.getRandom().setStates(root, node);
        DataSetIterator iterator = numbered(20, 5);
        iterator.setPreProcessor(batch -> batch.getFeatures().addi(Nd4j.rand(DataType.FLOAT, 5, 1)));
        Probe.sample(iterator, 10, seed);
        assertThat(Nd4j.rand(4, 4)).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void batchesWithoutTheirPartsAndValuesThatAreNoNumbersAreRefused() {
        DataSet unlabelled = new DataSet(Nd4j.ones(4, 2), null);
        assertThatThrownBy(() -> Probe.sample(new ExistingDataSetIterator(List.of(unlabelled)), 3, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labels");
        assertThatThrownBy(() -> Probe.of(unlabelled)).hasMessageContaining("labels");
        INDArray features = Nd4j.ones(4, 2);
        features.putScalar(2, 1, Double.NaN);
        assertThatThrownBy(() -> Probe.of(features, Nd4j.ones(4, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite features, example 2");
        INDArray labels = Nd4j.ones(4, 2);
        labels.putScalar(3, 0, Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Probe.of(Nd4j.ones(4, 2), labels)).hasMessageContaining("finite labels, example 3");
    }

    @Test
    void aBatchOfOneHasNoStatistics() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).build())
                .layer(new BatchNormalization())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(3).build())
                .setInputType(InputType.feedForward(6))
                .build());
        network.init();
        Probe probe = Probe.of(Networks.data(9, seed, 6));
        ObjectiveOptions options =
                ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH).withBatchSize(4);
        assertThatThrownBy(() -> ObjectiveChoice.of(network, probe, options, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 examples in batches of 4");
        assertThat(ObjectiveChoice.of(network, probe, options.withBatchSize(3), false)
                        .objective())
                .isNotNull();
    }

    /** DL4J multiplies such masks into the logits, too. */
    @Test
    void masksThatWeightExamplesGiveDl4jsLoss() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        DataSet data = Networks.data(12, seed, 6);
        data.setLabelsMaskArray(Nd4j.rand(DataType.DOUBLE, 12, 1).addi(0.2));
        ObjectiveChoice choice = ObjectiveChoice.of(network, Probe.of(data), ObjectiveOptions.DEFAULT, false);
        assertThat(choice.fallbackReason()).as("seed %d", seed).isEmpty();
        INDArray theta = choice.objective().layout().pack(network.params());
        assertThat(choice.objective().evaluate(theta).loss())
                .as("seed %d", seed)
                .isCloseTo(network.score(data, false), within(1e-10));
    }

    private static DataSetIterator numbered(int n, int batch) {
        INDArray numbers = Nd4j.createFromArray(
                        LongStream.range(0, n).mapToDouble(i -> i).toArray())
                .castTo(DataType.FLOAT)
                .reshape(n, 1);
        return new ListDataSetIterator<>(new DataSet(numbers, numbers.dup()).asList(), batch);
    }

    /** An iterator over a stream that can be read only once. */
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
