package org.thalweg.objective.compiled.layer;

import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.thalweg.objective.compiled.kernel.Activation;
import org.thalweg.objective.compiled.kernel.Elementwise;
import org.thalweg.objective.compiled.kernel.Elu;
import org.thalweg.objective.compiled.kernel.GatedLinear;
import org.thalweg.objective.compiled.kernel.HardSigmoid;
import org.thalweg.objective.compiled.kernel.LeakyRelu;
import org.thalweg.objective.compiled.kernel.Relu;
import org.thalweg.objective.compiled.kernel.Sigmoid;
import org.thalweg.objective.compiled.kernel.Softmax;
import org.thalweg.objective.compiled.kernel.Softplus;
import org.thalweg.objective.compiled.kernel.Tanh;
import org.thalweg.objective.compiled.program.Value;

/** DL4J's activation functions. */
final class Activations {

    private static final Map<Class<? extends IActivation>, Function<IActivation, Activation>> ELEMENTWISE = Map.of(
            ActivationReLU.class, function -> new Relu(),
            ActivationLReLU.class, function -> new LeakyRelu(((ActivationLReLU) function).getAlpha()),
            ActivationELU.class, function -> Elu.elu(((ActivationELU) function).getAlpha()),
            ActivationSELU.class, function -> Elu.selu(),
            ActivationSoftPlus.class, function -> new Softplus(),
            ActivationTanH.class, function -> new Tanh(),
            ActivationSigmoid.class, function -> new Sigmoid(),
            ActivationHardSigmoid.class, function -> new HardSigmoid(),
            ActivationSwish.class, function -> new GatedLinear(GatedLinear.Gate.SWISH),
            ActivationGELU.class, function -> new GatedLinear(GatedLinear.Gate.GELU));

    private Activations() {}

    static Value apply(LayerScope scope, Value value, IActivation function) {
        if (function instanceof ActivationIdentity) {
            return value;
        }
        if (function instanceof ActivationSoftmax) {
            if (value.rank() != 1) {
                // Deeplearning4j's goes over the last axis, whatever that is in the network's image format.
                throw scope.unsupported("has a softmax of images, which is not covered");
            }
            return scope.builder().elementwise(scope.name(), new Softmax(), value);
        }
        Function<IActivation, Activation> activation = ELEMENTWISE.get(function.getClass());
        if (activation == null) {
            throw scope.unsupported("has the activation function " + function + ", which is not covered");
        }
        requirePlain(scope, function);
        return scope.builder().elementwise(scope.name(), new Elementwise(activation.apply(function)), value);
    }

    private static void requirePlain(LayerScope scope, IActivation function) {
        if (function instanceof ActivationGELU gelu && gelu.isPrecise()) {
            throw scope.unsupported("has the precise gelu, whose gradient in DL4J is not the derivative of its value");
        }
        if (function instanceof ActivationReLU relu
                && (relu.getMax() != null || relu.getThreshold() != null || relu.getNegativeSlope() != null)) {
            throw scope.unsupported("has a relu with a maximum, a threshold or a slope, which is not covered");
        }
    }
}
