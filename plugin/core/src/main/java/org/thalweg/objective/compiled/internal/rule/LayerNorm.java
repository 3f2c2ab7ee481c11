package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.kernel.Scaling;
import org.thalweg.objective.compiled.internal.kernel.Standardization;
import org.thalweg.objective.compiled.spi.AffineKernel;
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
        return scope.step(new Scaling(), List.of(standardized), AffineKernel.operands(gain, bias), value.shape())
                .withMask(value.mask());
    }
}
