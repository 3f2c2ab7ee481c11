package org.thalweg.objective.compiled.spi;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.linalg.activations.IActivation;

/**
 * The rule for an activation function that treats every element alike.
 *
 * @param <F> the function's class in Deeplearning4j
 * @since 0.2.0
 */
public abstract class ElementwiseActivationRule<F extends IActivation> implements ActivationRule {

    private final Class<F> type;
    private final Function<F, ElementwiseFunction> activation;

    /**
     * @param type the function's class
     * @param activation makes the function that computes it
     */
    protected ElementwiseActivationRule(Class<F> type, Function<F, ElementwiseFunction> activation) {
        this.type = type;
        this.activation = activation;
    }

    /** Why a function's settings are not covered, as a phrase about its layer: {@code has a relu with ...}. */
    protected Optional<String> objection(F function) {
        return Optional.empty();
    }

    @Override
    public final Set<Class<? extends IActivation>> functions() {
        return Set.of(type);
    }

    @Override
    public final Value compile(LayerScope scope, Value input, IActivation function) {
        F known = type.cast(function);
        Optional<String> objection = objection(known);
        if (objection.isPresent()) {
            throw scope.unsupported(objection.get());
        }
        return scope.elementwise(new ElementwiseKernel(activation.apply(known)), input);
    }
}
