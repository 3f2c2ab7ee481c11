package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Repetition;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Dense layers with a loss plus lambda / 2 times the squared distance of the input from the centre of its class (Y. Wen
 * et al., "A discriminative feature learning approach for deep face recognition", 2016). The centres are constants:
 * DL4J moves them by averages, not by a gradient. Labels are one-hot; their mask also masks the distance.
 */
public final class CenterLossRule implements LayerRule {

    private static final String CENTRES = "cL";

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(CenterLossOutputLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        CenterLossOutputLayer layer = scope.as(CenterLossOutputLayer.class);
        Value features = scope.dropped(scope.inNetworkOrder(scope.sized(scope.vectors(input), layer.getNIn())));
        long classes = layer.getNOut();
        Value logits = scope.affine(features, scope.parameter("W"), scope.parameter("b"), classes);
        if (scope.maskedLogits(logits).slot() != logits.slot()) {
            throw scope.unsupported(
                    "has labels with a mask of other values than 0 and 1, or of single entries, which is not covered");
        }
        Value compared = scope.lossOf(logits, layer.getActivationFn(), layer.getLossFn());
        scope.compared(
                distances(scope, features, classes, layer.getLambda()),
                OutputLoss.of(LossFunction.PRODUCT, 1),
                new AccuracyMetric.None(),
                null,
                false);
        return compared;
    }

    /** lambda / 2 |f - c|^2 for each centre c, {@code [classes]}. */
    private static Value distances(LayerScope scope, Value features, long classes, double lambda) {
        scope.pack(CENTRES, 1, 0);
        Value products = scope.affine(features, scope.parameter(CENTRES), null, classes);
        Value ones = scope.elementwise(
                new ElementwiseKernel(ComposedFunction.linear(x -> x.times(0).plus(1))), features);
        Operand squaredCentres = new Operand.Derived(scope.key(CENTRES), x -> x * x);
        Value centreSquares = scope.affine(ones, squaredCentres, null, classes);
        Value squares = scope.multiply(features, features);
        Value sum = scope.sum(scope.reshape(squares, features.length(), 1), 0);
        Value featureSquares = scope.reshape(scope.step(new Repetition(0), sum, classes, 1), classes);
        return scope.combine(List.of(featureSquares, products, centreSquares), lambda / 2, -lambda, lambda / 2);
    }
}
