package org.thalweg.direction;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.buffer.DataType;
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
 * <p>Not thread-safe.
 */
public final class RandomDirections {

    private static final long AXIS_SALT = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final DirectionOptions options;
    private INDArray reference = Nd4j.empty(DataType.FLOAT);

    public RandomDirections(long seed, DirectionOptions options) {
        this.seed = seed;
        this.options = options;
    }

    /**
     * Takes the scale of a frozen camera from these parameters, whichever come first.
     *
     * @param theta packed, {@code [P]}
     */
    public void freezeAt(INDArray theta) {
        reference = theta.dup();
    }

    /**
     * The pair at some parameters.
     *
     * @param layout of the parameters
     * @param theta packed, {@code [P]}; with a frozen camera the first ones given set the scale for good
     */
    public DirectionPair at(ParameterLayout layout, INDArray theta) {
        if (options.camera() == DirectionOptions.Camera.FROZEN) {
            if (reference.isEmpty()) {
                freezeAt(theta);
            }
            return new DirectionPair(direction(layout, reference, 0), direction(layout, reference, 1));
        }
        return new DirectionPair(direction(layout, theta, 0), direction(layout, theta, 1));
    }

    private INDArray direction(ParameterLayout layout, INDArray theta, int axis) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed + axis * AXIS_SALT);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        INDArray direction = Nd4j.create(theta.dataType(), layout.parameters());
        for (ParameterBlock block : layout.trainable()) {
            INDArray target = block.of(direction);
            INDArray weights = block.of(theta);
            if (block.kind() == ParameterKind.WEIGHT) {
                target.assign(draw(gaussian, block));
                if (options.keepPruned()) {
                    target.muli(weights.neq(0).castTo(target.dataType()));
                }
                options.normalization().apply(block, target, weights);
            } else if (!options.ignoreBiasAndNorm()) {
                target.assign(weights);
            }
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
