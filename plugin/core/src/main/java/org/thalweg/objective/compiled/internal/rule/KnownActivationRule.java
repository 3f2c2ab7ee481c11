package org.thalweg.objective.compiled.internal.rule;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's activation functions that executors know as one op; the identity takes no step at all. */
public final class KnownActivationRule implements ActivationRule {

    private static final Map<Class<? extends IActivation>, Function<IActivation, ElementwiseFunction>> KNOWN = Map.of(
            ActivationReLU.class, function -> ElementwiseFunction.of(UnaryFunction.RELU),
            ActivationLReLU.class,
                    function ->
                            ElementwiseFunction.of(UnaryFunction.LEAKY_RELU, ((ActivationLReLU) function).getAlpha()),
            ActivationELU.class,
                    function -> ElementwiseFunction.of(UnaryFunction.ELU, ((ActivationELU) function).getAlpha()),
            ActivationSELU.class, function -> ElementwiseFunction.of(UnaryFunction.SELU),
            ActivationHardSigmoid.class, function -> ElementwiseFunction.of(UnaryFunction.HARD_SIGMOID),
            ActivationTanH.class, function -> ElementwiseFunction.of(UnaryFunction.TANH),
            ActivationSigmoid.class, function -> ElementwiseFunction.of(UnaryFunction.SIGMOID),
            ActivationSoftPlus.class, function -> ElementwiseFunction.of(UnaryFunction.SOFTPLUS),
            ActivationSwish.class, function -> ElementwiseFunction.of(UnaryFunction.SWISH),
            ActivationGELU.class, function -> ElementwiseFunction.of(UnaryFunction.GELU));

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return Stream.concat(KNOWN.keySet().stream(), Stream.of(ActivationIdentity.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        Function<IActivation, ElementwiseFunction> known = KNOWN.get(function.getClass());
        if (known == null) {
            return input;
        }
        if (function instanceof ActivationReLU relu && !isPlain(relu)) {
            throw scope.unsupported("has a relu with a maximum, a threshold or a slope, which is not covered");
        }
        if (function instanceof ActivationGELU gelu && gelu.isPrecise()) {
            throw scope.unsupported("has the precise gelu, whose gradient in DL4J is not the derivative of its value");
        }
        return scope.elementwise(new ElementwiseKernel(known.apply(function)), input);
    }

    private static boolean isPlain(ActivationReLU relu) {
        return relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
    }
}
