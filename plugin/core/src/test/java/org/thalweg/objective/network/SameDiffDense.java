package org.thalweg.objective.network;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer with tanh, by SameDiff: the formula of DenseLayer, with the gradient that SameDiff layers give. */
final class SameDiffDense extends SameDiffLayer {

    private long in;
    private long out;

    /** For JSON. */
    SameDiffDense() {}

    SameDiffDense(long in, long out) {
        this.in = in;
        this.out = out;
    }

    public long getIn() {
        return in;
    }

    public void setIn(long in) {
        this.in = in;
    }

    public long getOut() {
        return out;
    }

    public void setOut(long out) {
        this.out = out;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return InputType.feedForward(out);
    }

    @Override
    public void setNIn(InputType input, boolean override) {
        in = ((InputType.InputTypeFeedForward) input).getSize();
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.addWeightParam("W", in, out);
        params.addBiasParam("b", 1, out);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        Objects.requireNonNull(params.get("b")).assign(0);
        INDArray weights = Objects.requireNonNull(params.get("W"));
        WeightInitUtil.initWeights((double) in, (double) out, weights.shape(), WeightInit.XAVIER, null, 'f', weights);
    }

    @Override
    public SDVariable defineLayer(
            SameDiff sameDiff, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
        return sameDiff.math().tanh(input.mmul(params.get("W")).add(params.get("b")));
    }
}
