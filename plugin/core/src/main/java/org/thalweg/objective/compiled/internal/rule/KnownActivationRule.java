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
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's activation functions that executors have as one op with the usual settings; the identity needs no step. */
public final class KnownActivationRule implements ActivationRule {

    private static final Map<Class<? extends IActivation>, Function<IActivation, ElementwiseFunction>> KNOWN = Map.of(
            ActivationReLU.class, function -> relu((ActivationReLU) function),
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
            ActivationGELU.class, function -> gelu((ActivationGELU) function));

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
        return scope.elementwise(new ElementwiseKernel(known.apply(function)), input);
    }

    private static ElementwiseFunction relu(ActivationReLU relu) {
        return ClippedRelu.isPlain(relu) ? ElementwiseFunction.of(UnaryFunction.RELU) : ClippedRelu.of(relu);
    }

    /**
     * x s(1.702 x), s the sigmoid, or x / 2 (1 + tanh(sqrt(2 / pi) (x + (0.044715 x)^3))), which DL4J calls precise.
     */
    private static ElementwiseFunction gelu(ActivationGELU gelu) {
        if (!gelu.isPrecise()) {
            return ElementwiseFunction.of(UnaryFunction.GELU);
        }
        return ComposedFunction.smooth(x -> {
            Jet part = x.times(0.044715);
            Jet cubic = x.plus(part.times(part).times(part));
            Jet gate = cubic.times(Math.sqrt(2 / Math.PI)).through(UnaryFunction.TANH);
            return x.times(0.5).times(gate.plus(1));
        });
    }
}
