package org.thalweg.testing;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A user's layer, 2 x by SameDiff: its gradient reaches the layers before it twice. */
public final class DoublingLayer extends SameDiffLambdaLayer {

    private static final long serialVersionUID = 1;

    /** For Deeplearning4j, which copies layers by their JSON. */
    public DoublingLayer() {}

    public DoublingLayer(String name) {
        setLayerName(name);
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return input;
    }

    @Override
    public SDVariable defineLayer(SameDiff sameDiff, SDVariable input) {
        return input.mul(2);
    }
}
