package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Embedding;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Vectors of words by index, one per example or, in a sequence, one per step. */
public final class EmbeddingRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(EmbeddingLayer.class, EmbeddingSequenceLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        FeedForwardLayer layer = scope.as(FeedForwardLayer.class);
        boolean sequences = layer instanceof EmbeddingSequenceLayer || input.rank() == 2;
        if (input.rank() > 2 || (input.rank() == 2 && input.size(0) != 1 && input.size(1) != 1)) {
            throw scope.unsupported("needs numbers of words, got " + input + " per example");
        }
        if (!sequences) {
            scope.sized(input, 1);
        }
        boolean bias = layer instanceof EmbeddingLayer embedding
                ? embedding.hasBias()
                : ((EmbeddingSequenceLayer) layer).hasBias();
        Map<String, Operand> operands = AffineKernel.operands(scope.parameter("W"), bias ? scope.parameter("b") : null);
        long[] shape = sequences ? new long[] {input.length(), layer.getNOut()} : new long[] {layer.getNOut()};
        Value words =
                scope.step(new Embedding(), List.of(input), operands, shape).withMask(input.mask());
        return scope.masked(scope.activated(words, layer.getActivationFn()));
    }
}
