package org.thalweg.objective.compiled.internal.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.compiled.internal.kernel.BatchNorm;
import org.thalweg.objective.compiled.internal.kernel.RunningBatchNorm;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Batch normalization, on running or on the batch's statistics; DL4J ignores its activation function. */
public final class BatchNormalizationRule implements LayerRule {

    private static final int VOLUME = 4;
    private static final String LOG_DEVIATION = "log10stdev";

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(BatchNormalization.class);
    }

    /** DL4J computes statistics over all steps, masked or not. */
    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        BatchNormalization layer = scope.as(BatchNormalization.class);
        if (input.rank() == VOLUME) {
            throw scope.unsupported("normalizes volumes, which Deeplearning4j's BatchNormalization cannot");
        }
        Value value = scope.sized(scope.inNetworkOrder(input), layer.getNOut());
        Map<String, Operand> operands = new HashMap<>(scaleAndShift(scope, layer));
        operands.put(RunningBatchNorm.MEAN, scope.parameter("mean"));
        if (scope.mode() != ObjectiveMode.RUNNING) {
            operands.put(RunningBatchNorm.VARIANCE, scope.parameter(layer.isUseLogStd() ? LOG_DEVIATION : "var"));
            return scope.step(new BatchNorm(layer.getEps()), List.of(value), operands, value.shape())
                    .withMask(input.mask());
        }
        operands.put(RunningBatchNorm.VARIANCE, variance(scope, layer, variance -> variance));
        operands.put(RunningBatchNorm.PRECISION, variance(scope, layer, variance -> 1 / Math.sqrt(variance)));
        return scope.step(new RunningBatchNorm(), List.of(value), operands, value.shape())
                .withMask(input.mask());
    }

    private static Map<String, Operand> scaleAndShift(LayerScope scope, BatchNormalization layer) {
        if (layer.isLockGammaBeta()) {
            // DL4J's dense and convolutional paths differ if only one of the two is not the default.
            if (layer.getGamma() != 1 || layer.getBeta() != 0) {
                throw scope.unsupported("has gamma and beta locked to " + layer.getGamma() + " and " + layer.getBeta()
                        + "; only 1 and 0 are covered");
            }
            return Map.of(
                    RunningBatchNorm.GAMMA, new Operand.Literal(1, layer.getNOut()),
                    RunningBatchNorm.BETA, new Operand.Literal(0, layer.getNOut()));
        }
        return Map.of(RunningBatchNorm.GAMMA, scope.parameter("gamma"), RunningBatchNorm.BETA, scope.parameter("beta"));
    }

    /** A function of the running variance plus epsilon; DL4J stores the variance itself or log10 of its root. */
    private static Operand variance(LayerScope scope, BatchNormalization layer, DoubleUnaryOperator function) {
        double epsilon = layer.getEps();
        return layer.isUseLogStd()
                ? new Operand.Derived(
                        scope.key(LOG_DEVIATION), log -> function.applyAsDouble(Math.pow(10, 2 * log) + epsilon))
                : new Operand.Derived(scope.key("var"), variance -> function.applyAsDouble(variance + epsilon));
    }
}
