package org.thalweg.krylov;

import java.util.function.DoubleSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Random vectors from a seed: the same on every machine and backend, and drawn without ND4J's generator, whose stream
 * belongs to training. Each call continues the stream.
 */
final class RandomVectors {

    private static final int CHUNK = 1 << 16;

    private final UniformRandomProvider generator;
    private final ZigguratSampler.NormalizedGaussian gaussian;

    RandomVectors(long seed) {
        generator = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        gaussian = ZigguratSampler.NormalizedGaussian.of(generator);
    }

    /** Standard normal elements. */
    Vector normal(VectorSpace space) {
        return space.fromArray(filled(Nd4j.createUninitialized(space.dataType(), space.dimension()), gaussian::sample));
    }

    /** Elements +1 or -1 with equal probability. */
    Vector rademacher(VectorSpace space) {
        return space.fromArray(filled(Nd4j.createUninitialized(space.dataType(), space.dimension()), this::sign));
    }

    /** k vectors like those of {@link #normal(VectorSpace)}. */
    VectorBatch normal(VectorSpace space, int k) {
        return space.batch(
                filledByRow(Nd4j.createUninitialized(space.dataType(), k, space.dimension()), gaussian::sample));
    }

    /** k vectors like those of {@link #rademacher(VectorSpace)}. */
    VectorBatch rademacher(VectorSpace space, int k) {
        return space.batch(filledByRow(Nd4j.createUninitialized(space.dataType(), k, space.dimension()), this::sign));
    }

    private double sign() {
        return generator.nextBoolean() ? 1 : -1;
    }

    private static INDArray filledByRow(INDArray block, DoubleSupplier draw) {
        for (long i = 0; i < block.size(0); i++) {
            filled(block.get(NDArrayIndex.point(i), NDArrayIndex.all()), draw);
        }
        return block;
    }

    private static INDArray filled(INDArray vector, DoubleSupplier draw) {
        for (long from = 0; from < vector.length(); from += CHUNK) {
            double[] values = new double[(int) Math.min(CHUNK, vector.length() - from)];
            for (int i = 0; i < values.length; i++) {
                values[i] = draw.getAsDouble();
            }
            try (INDArray chunk = Nd4j.createFromArray(values)) {
                vector.get(NDArrayIndex.interval(from, from + values.length)).assign(chunk);
            }
        }
        return vector;
    }
}
