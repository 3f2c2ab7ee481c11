package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.thalweg.objective.compiled.spi.DropoutRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's dropout of whole channels (J. Tompson et al., 2015): one number is drawn per channel. */
public final class SpatialDropoutRule implements DropoutRule {

    @Override
    public Set<Class<? extends IDropout>> dropouts() {
        return Set.of(SpatialDropout.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input, IDropout dropout) {
        SpatialDropout spatial = (SpatialDropout) dropout;
        double retain = scope.fixed(spatial.getP(), spatial.getPSchedule());
        if (scope.format() != CNN2DFormat.NCHW) {
            throw scope.unsupported("has spatial dropout of NHWC images, of which DL4J drops rows, not channels");
        }
        return scope.noisy(scope.images(input), (random, channels, factors, summands) -> {
            int pixels = factors.length / channels;
            for (int channel = 0; channel < channels; channel++) {
                double factor = random.nextDouble() < retain ? 1 / retain : 0;
                Arrays.fill(factors, channel * pixels, (channel + 1) * pixels, factor);
            }
        });
    }
}
