package org.thalweg.objective.network;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.internal.Regularizer;

/**
 * Hessian-vector products as central differences of the gradient in double precision:
 * H v = (g(theta + h v) - g(theta - h v)) / 2h for unit v.
 *
 * <p>The step is 1e-7. DL4J's biases start at zero, so dark image patches sit exactly on ReLU's kink, where a
 * difference grows like 1/h, and larger steps cross other kinks after training too; in double precision the smaller
 * step costs about 1e-9 of the gradient in rounding. {@link #defect()} compares it with a quarter of it.
 */
final class FiniteDifferenceHessian implements Nd4jOperator {

    private static final double STEP = 1e-7;
    private static final double KINK = 1e-3;

    private final NetworkGradient gradients;
    private final INDArray theta;
    private final INDArray flat;
    private final Regularizer regularizer;
    private final @Nullable String withoutGradient;

    /**
     * @param regularizer penalties, whose products are exact
     * @param withoutGradient why there are no products at all; null if there are
     */
    FiniteDifferenceHessian(
            NetworkGradient gradients,
            INDArray theta,
            INDArray flat,
            Regularizer regularizer,
            @Nullable String withoutGradient) {
        this.gradients = gradients;
        this.theta = theta.dup();
        this.flat = flat.castTo(DataType.DOUBLE).dup();
        this.regularizer = regularizer;
        this.withoutGradient = withoutGradient;
    }

    @Override
    public long dimension() {
        return theta.length();
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        if (withoutGradient != null) {
            throw new UnsupportedOperationException(withoutGradient);
        }
        if (vectors.rank() == 1) {
            return penalized(vectors);
        }
        INDArray products = vectors.ulike();
        for (long i = 0; i < vectors.size(0); i++) {
            products.getRow(i).assign(penalized(vectors.getRow(i)));
        }
        return products;
    }

    private INDArray penalized(INDArray vector) {
        INDArray product = product(vector, STEP);
        regularizer.addProduct(vector, product);
        return product;
    }

    @Override
    public Optional<String> defect() {
        if (withoutGradient != null) {
            return Optional.of(withoutGradient);
        }
        INDArray vector = randomVector();
        INDArray coarse = product(vector, STEP);
        INDArray fine = product(vector, STEP / 4);
        double difference = coarse.sub(fine).norm2Number().doubleValue();
        double size = fine.norm2Number().doubleValue();
        return difference <= KINK * size ? Optional.empty() : Optional.of("kink");
    }

    @Override
    public void close() {
        theta.close();
        flat.close();
    }

    private INDArray product(INDArray vector, double step) {
        double norm = vector.norm2Number().doubleValue();
        if (norm == 0) {
            return vector.like();
        }
        // A product is taken often, and the garbage collector does not see how large these are.
        try (INDArray way = vector.mul(step / norm);
                INDArray ahead = theta.add(way);
                INDArray behind = theta.sub(way);
                INDArray backward = gradientAt(behind)) {
            return gradientAt(ahead).subi(backward).muli(norm / (2 * step));
        }
    }

    private INDArray gradientAt(INDArray point) {
        gradients.layout().unpack(point, flat);
        gradients.model().setParameters(flat);
        return gradients.mean();
    }

    /** The check's own vector, the same for every frame, from a generator that training does not see. */
    private INDArray randomVector() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(0x7468616c77656721L);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[(int) theta.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = gaussian.sample();
        }
        return Nd4j.createFromArray(values);
    }
}
