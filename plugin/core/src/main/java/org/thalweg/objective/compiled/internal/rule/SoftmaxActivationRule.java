package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.thalweg.objective.compiled.internal.kernel.Softmax;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's softmax of vectors; for images and volumes see {@link SoftmaxAxis}. */
public final class SoftmaxActivationRule implements ActivationRule {

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return Set.of(ActivationSoftmax.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        // Sequences reach a layer of vectors as steps; layers of whole sequences use SoftmaxAxis themselves.
        return input.rank() > 2 ? SoftmaxAxis.softmax(scope, input) : scope.elementwise(new Softmax(), input);
    }
}
