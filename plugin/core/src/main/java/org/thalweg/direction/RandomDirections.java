package org.thalweg.direction;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;

/**
 * A pair of random directions: standard normal draws that depend on seed and axis alone, scaled to the weights. The
 * draws are the same at every frame, on every machine, backend and packing, so a film of frames is continuous. ND4J's
 * own generator, which training uses, is never used.
 *
 * <p>Biases and norm parameters are not drawn: where they are kept, their direction is their own value, as in the
 * reference implementation. Not thread-safe.
 *
 * @since 0.2.0
 */
public record RandomDirections(long seed, DirectionOptions options) implements DirectionSource {

    private static final long AXIS_SALT = 0x9e3779b97f4a7c15L;

    @Override
    public boolean usesFirstFrame() {
        return options.scaleReference() == ScaleReference.FIRST;
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        return at(context.objective().layout(), context.reference(options.scaleReference()));
    }

    /**
     * The pair, scaled to given weights.
     *
     * @param layout of the parameters
     * @param reference the weights, packed, {@code [P]}
     */
    public DirectionPair at(ParameterLayout layout, INDArray reference) {
        return new DirectionPair(direction(layout, reference, 0), direction(layout, reference, 1));
    }

    @Override
    public String describe() {
        return "random, " + options.describe();
    }

    private INDArray direction(ParameterLayout layout, INDArray reference, int axis) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed + axis * AXIS_SALT);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        INDArray direction = Nd4j.create(reference.dataType(), layout.parameters());
        for (ParameterBlock block : layout.trainable()) {
            if (block.kind() == ParameterKind.WEIGHT) {
                try (INDArray drawn = draw(gaussian, block)) {
                    block.of(direction).assign(drawn.reshape('c', block.shape()));
                }
            }
        }
        DirectionScale.apply(options, layout, direction, reference);
        if (!options.ignoreBiasAndNorm()) {
            layout.trainable().stream()
                    .filter(block -> block.kind() != ParameterKind.WEIGHT)
                    .forEach(block -> block.of(direction).assign(block.of(reference)));
        }
        return direction;
    }

    private static INDArray draw(ZigguratSampler.NormalizedGaussian gaussian, ParameterBlock block) {
        float[] values = new float[Math.toIntExact(block.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) gaussian.sample();
        }
        return Nd4j.createFromArray(values);
    }
}
