package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.thalweg.objective.compiled.internal.kernel.SharedRows;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Queries that are parameters and attend to the steps of sequences; each gives one step of the result. */
public final class LearnedSelfAttentionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LearnedSelfAttentionLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        LearnedSelfAttentionLayer layer = scope.as(LearnedSelfAttentionLayer.class);
        Value sequence = Steps.channelsFirst(scope, scope.sized(scope.sequences(input), layer.getNIn()));
        Attention attention = new Attention(
                        scope, layer.getNHeads(), layer.getHeadSize(), layer.getNOut(), layer.isProjectInput())
                .packed();
        long count = layer.getNQueries();
        // DL4J's [1, in, queries] as rows.
        scope.pack("Q", 0, 2, 1);
        Operand rows = new Operand.Reshaped(scope.key("Q"), List.of(count, sequence.channels()));
        Value queries = scope.step(
                new SharedRows(), List.of(sequence), Map.of(SharedRows.ROWS, rows), count, sequence.channels());
        return attention.of(queries, attention.memory(sequence, sequence, Steps.mask(scope, input)));
    }
}
