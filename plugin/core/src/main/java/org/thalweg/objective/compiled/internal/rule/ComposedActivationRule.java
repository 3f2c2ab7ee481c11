package org.thalweg.objective.compiled.internal.rule;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.thalweg.objective.compiled.internal.kernel.CappedRelu;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.spi.ActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's activation functions that are composed of others. */
public final class ComposedActivationRule implements ActivationRule {

    private static final Map<Class<? extends IActivation>, Function<IActivation, ElementwiseFunction>> COMPOSED =
            Map.of(
                    ActivationCube.class,
                            function -> ComposedFunction.smooth(x -> x.times(x).times(x)),
                    ActivationSoftSign.class,
                            function -> ComposedFunction.smooth(
                                    x -> x.times(x.abs().plus(1).reciprocal())),
                    ActivationMish.class,
                            function -> ComposedFunction.smooth(x ->
                                    x.times(x.through(UnaryFunction.SOFTPLUS).through(UnaryFunction.TANH))),
                    ActivationRectifiedTanh.class,
                            function -> ComposedFunction.smooth(
                                    x -> x.through(UnaryFunction.TANH).through(UnaryFunction.RELU)),
                    ActivationRationalTanh.class,
                            function -> ComposedFunction.smooth(ComposedActivationRule::rationalTanh),
                    ActivationHardTanH.class, function -> ComposedFunction.linear(ComposedActivationRule::hardTanh),
                    ActivationReLU6.class, function -> new CappedRelu(6),
                    ActivationThresholdedReLU.class, function -> thresholdedRelu((ActivationThresholdedReLU) function));

    @Override
    public Set<Class<? extends IActivation>> functions() {
        return COMPOSED.keySet();
    }

    @Override
    public Value compile(LayerScope scope, Value input, IActivation function) {
        ElementwiseFunction composed =
                Objects.requireNonNull(COMPOSED.get(function.getClass())).apply(function);
        return scope.elementwise(new ElementwiseKernel(composed), input);
    }

    /**
     * 1.7159 r(2x / 3), with r(u) = sign(u) (1 - 1 / (1 + |u| + u^2 + 1.41645 u^4)), which is DL4J's approximation of
     * tanh; its constants have single precision in double as well.
     */
    private static Jet rationalTanh(Jet x) {
        Jet u = x.times(2.0 / 3);
        Jet square = u.times(u);
        Jet rise = u.abs().plus(square).plus(square.times(square).times(1.41645f));
        return rise.times(rise.plus(1).reciprocal()).times(u.sign()).times(1.7159f);
    }

    /** x for |x| &lt;= 1, beyond that its sign. */
    private static Jet hardTanh(Jet x) {
        Jet outside = x.abs().plus(-1).positive();
        return x.times(outside.times(-1).plus(1)).plus(x.sign().times(outside));
    }

    /** x above the threshold, otherwise 0. */
    private static ComposedFunction thresholdedRelu(ActivationThresholdedReLU function) {
        return ComposedFunction.linear(x -> x.times(x.plus(-function.getTheta()).positive()));
    }
}
