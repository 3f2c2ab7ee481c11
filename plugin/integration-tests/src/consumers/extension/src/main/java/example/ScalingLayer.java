package example;

import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.nd4j.linalg.activations.Activation;

/** A layer of this project's, which Thalweg does not know. */
public final class ScalingLayer extends ElementWiseMultiplicationLayer {

    private static final long serialVersionUID = 1;

    public ScalingLayer(long size) {
        super(new Builder().nIn(size).nOut(size).activation(Activation.TANH));
    }
}
