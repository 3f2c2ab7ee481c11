package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's identity, which takes no step at all. */
public final class IdentityActivationRule implements ActivationRule {

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return Set.of(ActivationIdentity.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        return input;
    }
}
