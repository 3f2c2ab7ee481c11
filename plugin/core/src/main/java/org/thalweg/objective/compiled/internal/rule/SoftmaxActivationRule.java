package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.thalweg.objective.compiled.internal.kernel.Softmax;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's softmax of vectors. */
public final class SoftmaxActivationRule implements ActivationRule {

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return Set.of(ActivationSoftmax.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        if (input.rank() > 2) {
            // DL4J's goes over the last axis, whatever that is in the network's image format.
            throw scope.unsupported("has a softmax of images, which is not covered");
        }
        return scope.elementwise(new Softmax(), input);
    }
}
