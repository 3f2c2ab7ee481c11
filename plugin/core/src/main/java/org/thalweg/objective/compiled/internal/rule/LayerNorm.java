package org.thalweg.objective.compiled.internal.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.ChannelScaling;
import org.thalweg.objective.compiled.internal.kernel.Standardization;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Layer normalization (J. L. Ba et al., 2016), over the channels of each row. */
final class LayerNorm {

    private LayerNorm() {}

    /**
     * Adds the steps.
     *
     * @param gain {@code [c]}
     * @param bias {@code [c]}, null for none
     */
    static Value normalized(LayerScope scope, Value value, Operand gain, @Nullable Operand bias) {
        Value standardized = scope.step(new Standardization(), value, value.shape());
        Map<String, Operand> operands = new HashMap<>(Map.of(ChannelScaling.FACTOR, gain));
        if (bias != null) {
            operands.put(ChannelScaling.SUMMAND, bias);
        }
        return scope.step(new ChannelScaling(), List.of(standardized), operands, value.shape())
                .withMask(value.mask());
    }
}
