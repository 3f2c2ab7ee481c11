package org.thalweg.objective.coverage;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.layers.ocnn.OCNNOutputLayer.OCNNLossFunction;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/** An example of each of ND4J's losses, with the activation function and labels that it is for. */
final class LossExamples {

    private final List<CoverageExample> examples = new ArrayList<>();

    private LossExamples() {
        add(new LossMCXENT(), 3, Activation.SOFTMAX, Labels.ONE_HOT);
        add(new LossNegativeLogLikelihood(), 3, Activation.SOFTMAX, Labels.ONE_HOT);
        add(new LossSparseMCXENT(), 3, Activation.SOFTMAX, Labels.CLASSES);
        add(new LossBinaryXENT(), 3, Activation.SIGMOID, Labels.BITS);
        add(new LossKLD(), 3, Activation.SOFTMAX, Labels.DISTRIBUTION);
        add(new LossMSE(), 3, Activation.TANH, Labels.REAL);
        add(new LossL2(), 3, Activation.TANH, Labels.REAL);
        add(new LossMAE(), 3, Activation.TANH, Labels.REAL);
        add(new LossL1(), 3, Activation.TANH, Labels.REAL);
        add(new LossMAPE(), 3, Activation.TANH, Labels.POSITIVE);
        add(new LossMSLE(), 3, Activation.SIGMOID, Labels.POSITIVE);
        add(new LossPoisson(), 3, Activation.SOFTPLUS, Labels.POSITIVE);
        add(new LossHinge(), 3, Activation.TANH, Labels.SIGNS);
        add(new LossSquaredHinge(), 3, Activation.TANH, Labels.SIGNS);
        add(new LossCosineProximity(), 3, Activation.TANH, Labels.REAL);
        add(new LossWasserstein(), 3, Activation.TANH, Labels.SIGNS);
        add(new LossMultiLabel(), 3, Activation.TANH, Labels.MULTI);
        add(new LossFMeasure(), 1, Activation.SIGMOID, Labels.BITS);
        add(LossMixtureDensity.builder().gaussians(2).labelWidth(2).build(), 8, Activation.IDENTITY, Labels.PAIR);
        add(
                OCNNLossFunction.class,
                Labels.BITS,
                new OCNNOutputLayer.Builder()
                        .nIn(3)
                        .hiddenLayerSize(2)
                        .initialRValue(10)
                        .activation(Activation.SIGMOID.getActivationFunction())
                        .build());
    }

    static List<CoverageExample> all() {
        return List.copyOf(new LossExamples().examples);
    }

    private void add(ILossFunction loss, int outputs, Activation activation, Labels labels) {
        add(
                loss.getClass(),
                labels,
                new OutputLayer.Builder(loss)
                        .nOut(outputs)
                        .activation(activation)
                        .build());
    }

    private void add(Class<?> type, Labels labels, Layer output) {
        examples.add(new CoverageExample(
                type,
                "",
                random -> CoverageExample.layers(
                        random,
                        Form.FLAT.type(),
                        Form.FLAT.features(random),
                        labels,
                        List.of(() -> Form.FLAT.before(3), output::clone))));
    }
}
