package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.thalweg.objective.compiled.internal.kernel.DiffersFrom;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** A recurrent layer that masks the steps whose elements all equal a given number, whatever their mask. */
public final class MaskZeroRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(MaskZeroLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        MaskZeroLayer layer = scope.as(MaskZeroLayer.class);
        Value sequence = scope.sequences(input);
        Value mask = scope.step(new DiffersFrom(layer.getMaskingValue()), sequence, sequence.size(0));
        Value output =
                scope.within(layer.getUnderlying(), "", scope.wrapping().maskingSteps(), sequence.withMask(mask));
        // The mask belongs to the wrapped layer; a LastTimeStep around this one sees it, other layers do not.
        return scope.wrapping().masksSteps() ? output : output.withMask(null);
    }
}
