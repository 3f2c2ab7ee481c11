package org.thalweg.objective.coverage;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.factory.Nd4j;

/** An example of each of ND4J's activation functions, in a dense layer between two others. */
final class ActivationExamples {

    private final List<CoverageExample> examples = new ArrayList<>();

    private ActivationExamples() {
        add("", new ActivationCube());
        add("", new ActivationELU());
        add("", new ActivationGELU());
        add("precise", new ActivationGELU(true));
        add("", new ActivationHardSigmoid());
        add("", new ActivationHardTanH());
        add("", new ActivationIdentity());
        add("", new ActivationLReLU());
        add("", new ActivationMish());
        add("", new ActivationPReLU(Nd4j.createFromArray(new double[][] {{0.1, 0.2, 0.3}}), new long[0]));
        add("", new ActivationRReLU());
        add("", new ActivationRationalTanh());
        add("", new ActivationReLU());
        add("", new ActivationReLU6());
        add("", new ActivationRectifiedTanh());
        add("", new ActivationSELU());
        add("", new ActivationSigmoid());
        add("", new ActivationSoftPlus());
        add("", new ActivationSoftSign());
        add("", new ActivationSoftmax());
        add("", new ActivationSwish());
        add("", new ActivationTanH());
        add("threshold 0.1", new ActivationThresholdedReLU(0.1));
    }

    static List<CoverageExample> all() {
        return List.copyOf(new ActivationExamples().examples);
    }

    private void add(String variant, IActivation activation) {
        examples.add(new CoverageExample(
                activation.getClass(),
                variant,
                random -> CoverageExample.layers(
                        random,
                        Form.FLAT.type(),
                        Form.FLAT.features(random),
                        Labels.REAL,
                        List.of(
                                () -> Form.FLAT.before(3),
                                () -> new DenseLayer.Builder()
                                        .nOut(3)
                                        .activation(activation)
                                        .build(),
                                Form.FLAT::after))));
    }
}
