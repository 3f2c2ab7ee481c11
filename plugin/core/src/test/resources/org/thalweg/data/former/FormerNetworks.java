import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Saves small networks of the kinds in Deeplearning4j's model zoo, in any of its versions from 0.9: a LeNet, with and without the
 * state of its updater, and a graph with a shortcut and BatchNorm. Run by {@code make}.
 */
public class FormerNetworks {

    private static final int EXAMPLES = 8;
    private static final int SIDE = 12;
    private static final int CLASSES = 3;
    private static final int UPDATES = 2;
    private static final int[] HALF = {2, 2};
    private static final int[] WHOLE = {1, 1};

    public static void main(String[] args) throws IOException {
        File folder = new File(args[0]);
        DataSet flat = new DataSet(features(), labels());
        MultiLayerNetwork lenet = lenet();
        lenet.init();
        for (int i = 0; i < UPDATES; i++) {
            lenet.fit(flat);
        }
        save(lenet, folder, "lenet", false);
        save(lenet, folder, "lenet-updater", true);
        print(lenet.score(flat), lenet.output(flat.getFeatures()), folder, "lenet");

        INDArray images = features().reshape(EXAMPLES, 1, SIDE, SIDE);
        DataSet data = new DataSet(images, labels());
        ComputationGraph residual = residual();
        residual.init();
        for (int i = 0; i < UPDATES; i++) {
            residual.fit(data);
        }
        save(residual, folder, "residual", false);
        print(residual.score(data), residual.output(images)[0], folder, "residual");
    }

    private static MultiLayerNetwork lenet() {
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER)
                .updater(new AdaDelta())
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(
                        0,
                        convolution(5, WHOLE)
                                .name("cnn1")
                                .nIn(1)
                                .nOut(3)
                                .activation(Activation.RELU)
                                .build())
                .layer(
                        1,
                        pool(SubsamplingLayer.PoolingType.MAX).name("maxpool1").build())
                .layer(
                        2,
                        convolution(5, WHOLE)
                                .name("cnn2")
                                .nOut(4)
                                .activation(Activation.RELU)
                                .build())
                .layer(
                        3,
                        pool(SubsamplingLayer.PoolingType.MAX).name("maxpool2").build())
                .layer(
                        4,
                        new DenseLayer.Builder()
                                .name("ffn1")
                                .activation(Activation.RELU)
                                .nOut(8)
                                .build())
                .layer(
                        5,
                        output(LossFunctions.LossFunction.MCXENT).name("output").build())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                .build());
    }

    private static ComputationGraph residual() {
        return new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(2)
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.RELU)
                .updater(new Nesterovs(0.01, 0.9))
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
                .addLayer("conv", convolution(3, HALF).nIn(1).nOut(4).build(), "in")
                .addLayer("norm", new BatchNormalization.Builder().build(), "conv")
                .addLayer(
                        "relu",
                        new ActivationLayer.Builder()
                                .activation(Activation.RELU)
                                .build(),
                        "norm")
                .addLayer(
                        "branch",
                        convolution(3, WHOLE)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build(),
                        "relu")
                .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "relu", "branch")
                .addLayer("pool", pool(SubsamplingLayer.PoolingType.AVG).build(), "add")
                .addLayer(
                        "out",
                        output(LossFunctions.LossFunction.NEGATIVELOGLIKELIHOOD).build(),
                        "pool")
                .setOutputs("out")
                .build());
    }

    private static ConvolutionLayer.Builder convolution(int side, int[] stride) {
        return new ConvolutionLayer.Builder(new int[] {side, side}, stride);
    }

    private static SubsamplingLayer.Builder pool(SubsamplingLayer.PoolingType type) {
        return new SubsamplingLayer.Builder(type, HALF, HALF);
    }

    private static OutputLayer.Builder output(LossFunctions.LossFunction loss) {
        return new OutputLayer.Builder(loss).nOut(CLASSES).activation(Activation.SOFTMAX);
    }

    /** The tests have the same formula. */
    private static INDArray features() {
        INDArray features = Nd4j.zeros(EXAMPLES, SIDE * SIDE);
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < SIDE * SIDE; j++) {
                features.putScalar(new int[] {i, j}, Math.sin(1.7 * i + 0.31 * j + 0.002 * i * j));
            }
        }
        return features;
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(EXAMPLES, CLASSES);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(new int[] {i, i % CLASSES}, 1);
        }
        return labels;
    }

    private static void save(Model network, File folder, String name, boolean updater) throws IOException {
        ModelSerializer.writeModel(network, new File(folder, name + ".zip"), updater);
    }

    /** The loss and all outputs, a line each. */
    private static void print(double loss, INDArray output, File folder, String name) throws IOException {
        try (PrintWriter out = new PrintWriter(new File(folder, name + ".txt"))) {
            out.println(loss);
            for (int i = 0; i < EXAMPLES; i++) {
                for (int j = 0; j < CLASSES; j++) {
                    out.println(output.getDouble(i, j));
                }
            }
        }
    }
}
