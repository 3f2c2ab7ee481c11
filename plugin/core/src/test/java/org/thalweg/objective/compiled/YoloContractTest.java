package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** The contract for the loss of boxes around objects: with each of its losses, and in both formats of images. */
class YoloContractTest {

    private static final int EXAMPLES = 4;
    private static final int BOX = 4;
    private static final int CLASSES = 3;
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    private final Fresh fresh = Fresh.start();

    static Stream<ILossFunction[]> losses() {
        INDArray two = Nd4j.createFromArray(0.5, 2).reshape(1, 2);
        INDArray classes = Nd4j.createFromArray(1.5, 0.25, 0.75).reshape(1, CLASSES);
        return Stream.of(
                new ILossFunction[] {new LossL2(), new LossL2()},
                new ILossFunction[] {new LossL2(), new LossMCXENT()},
                new ILossFunction[] {new LossMSE(two), new LossMCXENT(classes)},
                new ILossFunction[] {new LossL1(two), new LossMSE(classes)},
                new ILossFunction[] {new LossMAE(), new LossNegativeLogLikelihood()});
    }

    @ParameterizedTest
    @MethodSource("losses")
    void holds(ILossFunction position, ILossFunction classes) {
        MultiLayerNetwork network = network(CNN2DFormat.NCHW, yolo(position, classes));
        new Contract(network, probe(CNN2DFormat.NCHW), fresh, position + " and " + classes).hold();
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void holdsInBothFormats(CNN2DFormat format) {
        MultiLayerNetwork network = network(format, yolo(new LossL2(), new LossMCXENT()));
        Probe probe = probe(format);
        new Contract(network, probe, fresh, format.toString()).hold();
        new Contract(network, probe, fresh, format + ", training")
                .holdDerivatives(ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING));
    }

    /** Deeplearning4j multiplies areas and overlaps by the sum of a cell's classes, whatever it is. */
    @Test
    void classesThatDoNotAddUpToOneHold() {
        INDArray labels = labels();
        labels.get(NDArrayIndex.all(), NDArrayIndex.interval(BOX, BOX + CLASSES), NDArrayIndex.all())
                .muli(1.5);
        MultiLayerNetwork network = network(CNN2DFormat.NCHW, yolo(new LossL2(), new LossL2()));
        new Contract(network, Probe.of(features(), labels), fresh, "classes of 1.5").holdRunning();
    }

    /** As in Deeplearning4j. */
    @Test
    void masksOfLabelsHaveNoPart() {
        MultiLayerNetwork network = network(CNN2DFormat.NCHW, yolo(new LossL2(), new LossL2()));
        MultiDataSet data =
                new MultiDataSet(new INDArray[] {features()}, new INDArray[] {labels()}, null, new INDArray[] {
                    fresh.bits(DataType.DOUBLE, EXAMPLES, 1)
                });
        new Contract(network, Probe.of(data), fresh, "masked").holdRunning();
    }

    @Test
    void hasNoGaussNewtonMatrix() {
        MultiLayerNetwork network = network(CNN2DFormat.NCHW, yolo(new LossL2(), new LossL2()));
        try (CompiledObjective objective =
                CompiledObjective.of(network, probe(CNN2DFormat.NCHW), ObjectiveOptions.DEFAULT)) {
            assertThat(objective.gaussNewtonAt(objective.layout().pack(network.params())))
                    .isEmpty();
        }
    }

    @Test
    void refusesOtherLossesAndLabelsOfAnotherShape() {
        Probe probe = probe(CNN2DFormat.NCHW);
        MultiLayerNetwork other = network(CNN2DFormat.NCHW, yolo(new LossPoisson(), new LossL2()));
        assertThatThrownBy(() -> CompiledObjective.of(other, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("boxes with the loss LossPoisson");
        MultiLayerNetwork network = network(CNN2DFormat.NCHW, yolo(new LossL2(), new LossL2()));
        Probe fewer = Probe.of(features(), fresh.normal(DataType.DOUBLE, EXAMPLES, BOX + CLASSES - 1, ROWS, COLUMNS));
        assertThatThrownBy(() -> CompiledObjective.of(network, fewer, ObjectiveOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labels of shape [4, 6, 3, 4]");
    }

    private static Yolo2OutputLayer yolo(ILossFunction position, ILossFunction classes) {
        return new Yolo2OutputLayer.Builder()
                .boundingBoxPriors(Nd4j.createFromArray(new double[][] {{1.1, 0.8}, {2.3, 1.2}, {0.7, 1.9}}))
                .lossPositionScale(position)
                .lossClassPredictions(classes)
                .lambdaCoord(3)
                .lambdaNoObj(0.4)
                .build();
    }

    private MultiLayerNetwork network(CNN2DFormat format, Yolo2OutputLayer output) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .convolutionMode(ConvolutionMode.Truncate)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization())
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .nOut(3 * (BOX + 1 + CLASSES))
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(output)
                .setInputType(InputType.convolutional(ROWS + 1, COLUMNS + 1, 2, format))
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private Probe probe(CNN2DFormat format) {
        return format == CNN2DFormat.NCHW
                ? Probe.of(features(), labels())
                : Probe.of(
                        features().permute(0, 2, 3, 1).dup('c'),
                        labels().permute(0, 2, 3, 1).dup('c'));
    }

    private INDArray features() {
        return fresh.normal(DataType.DOUBLE, EXAMPLES, 2, ROWS + 1, COLUMNS + 1);
    }

    /** Boxes of all sizes in half of the cells, and none in the last image. */
    private INDArray labels() {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, BOX + CLASSES, ROWS, COLUMNS);
        INDArray present = fresh.bits(DataType.DOUBLE, EXAMPLES, ROWS, COLUMNS);
        for (int example = 0; example < EXAMPLES - 1; example++) {
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    if (present.getDouble(example, row, column) == 1) {
                        put(labels, example, row, column);
                    }
                }
            }
        }
        return labels;
    }

    private void put(INDArray labels, int example, int row, int column) {
        int[] cell = {column, row};
        double[] places = fresh.positive(DataType.DOUBLE, 5).data().asDouble();
        for (int axis = 0; axis < 2; axis++) {
            double centre = cell[axis] + 0.95 * places[axis];
            labels.putScalar(new int[] {example, axis, row, column}, centre - places[2 + axis]);
            labels.putScalar(new int[] {example, 2 + axis, row, column}, centre + places[2 + axis]);
        }
        labels.putScalar(new int[] {example, BOX + (int) (0.99 * places[4] * CLASSES), row, column}, 1);
    }
}
