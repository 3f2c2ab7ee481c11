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
 * own generator, which training uses, is never touched.
 *
 * <p>Biases and norm parameters are not drawn: where they are kept, their direction is their own value, as the reference
 * implementation has it. Not thread-safe.
 */
public final class RandomDirections implements DirectionSource {

    private static final long AXIS_SALT = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final DirectionOptions options;
    private final DirectionScale scale;

    public RandomDirections(long seed, DirectionOptions options) {
        this.seed = seed;
        this.options = options;
        this.scale = new DirectionScale(options);
    }

    /**
     * Takes the scale of a frozen camera from these parameters, whichever come first.
     *
     * @param theta packed, {@code [P]}
     */
    @Override
    public void freezeAt(INDArray theta) {
        scale.freezeAt(theta);
    }

    @Override
    public boolean isFrozen() {
        return options.scaleReference() == ScaleReference.FIRST;
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        return at(context.objective().layout(), context.theta());
    }

    /**
     * The pair at some parameters.
     *
     * @param layout of the parameters
     * @param theta packed, {@code [P]}; with a frozen camera the first ones given set the scale for good
     */
    public DirectionPair at(ParameterLayout layout, INDArray theta) {
        INDArray reference = scale.reference(theta);
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
                block.of(direction).assign(draw(gaussian, block));
            }
        }
        scale.apply(layout, direction, reference);
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
        return Nd4j.createFromArray(values).reshape('c', block.shape());
    }
}
