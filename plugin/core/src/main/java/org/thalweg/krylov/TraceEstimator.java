package org.thalweg.krylov;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The trace of an operator from products with random vectors z of elements +1 and -1, for which E[z^T H z] = tr(H). The
 * operator need not be definite. Products are formed in blocks of up to {@value #BLOCK}.
 *
 * <p>The static methods are as thread-safe as the operator.
 *
 * @since 0.2.0
 */
public final class TraceEstimator {

    /** Bounds the memory of a block of vectors and that of its products. */
    static final int BLOCK = 8;

    private final LinearOperator operator;
    private final VectorSpace space;
    private final RandomVectors random;
    private int products;

    private TraceEstimator(LinearOperator operator, long seed) {
        this.operator = operator;
        this.space = operator.space();
        this.random = new RandomVectors(seed);
    }

    /**
     * The estimate that the options describe.
     *
     * @throws NonFiniteProductException if a product has elements that are not finite
     */
    public static TraceEstimate estimate(LinearOperator operator, TraceOptions options) {
        int sketch = (int) Math.min(operator.dimension(), options.sketch());
        return new TraceEstimator(operator, options.seed()).estimate(sketch, options.samples());
    }

    /**
     * Hutchinson's estimator (M. F. Hutchinson, "A stochastic estimator of the trace of the influence matrix", 1990):
     * the mean of z^T H z.
     *
     * @param samples number of vectors z, each one product, at least 2
     * @param seed seed of the vectors
     * @throws IllegalArgumentException if there are fewer samples
     * @throws NonFiniteProductException if a product has elements that are not finite
     */
    public static TraceEstimate hutchinson(LinearOperator operator, int samples, long seed) {
        return estimate(operator, new TraceOptions(0, samples, seed));
    }

    /**
     * Hutch++ (R. Meyer, C. Musco, C. Musco and D. Woodruff, "Hutch++: Optimal Stochastic Trace Estimation", 2021,
     * algorithm 1): the trace on the range Q of H S for a normal S exactly, that on the rest by Hutchinson. Where a few
     * eigenvalues dominate, as a network's do, the random part is small.
     *
     * <p>Memory: {@code sketch + 1} vectors and two blocks.
     *
     * @param sketch number of columns of S, each two products; no more than the dimension are used
     * @param samples number of random vectors for the rest, each one product, at least 2
     * @param seed seed of the vectors
     * @throws IllegalArgumentException if the sketch is empty or there are fewer samples
     * @throws NonFiniteProductException if a product has elements that are not finite
     */
    public static TraceEstimate hutchPlusPlus(LinearOperator operator, int sketch, int samples, long seed) {
        if (sketch < 1) {
            throw new IllegalArgumentException("sketch must have at least 1 column, got " + sketch);
        }
        return estimate(operator, new TraceOptions(sketch, samples, seed));
    }

    /**
     * Products with random vectors of elements +1 and -1, for other estimates.
     *
     * @param probes number of vectors
     * @param seed seed of the vectors
     * @param receiver gets each vector and its product, valid during the call
     * @throws NonFiniteProductException if a product has elements that are not finite
     */
    public static void forEachProbe(
            LinearOperator operator, int probes, long seed, BiConsumer<Vector, Vector> receiver) {
        TraceEstimator estimator = new TraceEstimator(operator, seed);
        for (int from = 0; from < probes; from += BLOCK) {
            int count = Math.min(BLOCK, probes - from);
            try (VectorBatch vectors = estimator.random.rademacher(estimator.space, count);
                    VectorBatch images = estimator.multiply(vectors)) {
                for (int i = 0; i < count; i++) {
                    receiver.accept(vectors.get(i), images.get(i));
                }
            }
        }
    }

    private TraceEstimate estimate(int sketch, int samples) {
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                KrylovBasis range = new KrylovBasis(space, Math.max(1, sketch))) {
            fillRange(range, sketch);
            double exact = traceOn(range);
            Moments rest = Moments.of(samplesOutside(range, samples));
            return new TraceEstimate(exact + rest.mean(), rest.standardError(), samples, products);
        }
    }

    /**
     * An orthonormal basis of the range of H S, without directions that are only rounding. S is normal: its columns are
     * independent on any few coordinates, whereas columns of random signs sometimes coincide there.
     */
    private void fillRange(KrylovBasis range, int sketch) {
        double negligible = 100 * InnerProducts.epsilon(operator.dataType());
        for (int from = 0; from < sketch; from += BLOCK) {
            int count = Math.min(BLOCK, sketch - from);
            try (VectorBatch vectors = random.normal(space, count);
                    VectorBatch images = multiply(vectors)) {
                for (int i = 0; i < count; i++) {
                    double norm = range.propose(images.get(i));
                    range.orthogonalize();
                    double rest = range.candidateNorm();
                    if (rest > negligible * norm) {
                        range.accept(rest);
                    }
                }
            }
        }
    }

    private double traceOn(KrylovBasis range) {
        double trace = 0;
        for (int from = 0; from < range.size(); from += BLOCK) {
            try (VectorBatch vectors = space.batch(Math.min(BLOCK, range.size() - from))) {
                range.copy(from, vectors);
                trace += Arrays.stream(quadraticForms(vectors)).sum();
            }
        }
        return trace;
    }

    /** g^T H g for random g orthogonal to the range. */
    private double[] samplesOutside(KrylovBasis range, int samples) {
        double[] forms = new double[samples];
        for (int from = 0; from < samples; from += BLOCK) {
            int count = Math.min(BLOCK, samples - from);
            try (VectorBatch vectors = random.rademacher(space, count)) {
                for (int i = 0; i < count; i++) {
                    range.propose(vectors.get(i));
                    range.orthogonalize();
                    space.assign(range.candidate(), vectors.get(i));
                }
                System.arraycopy(quadraticForms(vectors), 0, forms, from, count);
            }
        }
        return forms;
    }

    private double[] quadraticForms(VectorBatch vectors) {
        double[] forms = new double[vectors.size()];
        try (VectorBatch images = multiply(vectors)) {
            for (int i = 0; i < forms.length; i++) {
                forms[i] = space.dot(vectors.get(i), images.get(i));
            }
        }
        return forms;
    }

    private VectorBatch multiply(VectorBatch vectors) {
        VectorBatch images = operator.multiply(vectors);
        for (int i = 0; i < images.size(); i++) {
            products++;
            if (!Double.isFinite(space.norm(images.get(i)))) {
                images.close();
                throw new NonFiniteProductException(products);
            }
        }
        return images;
    }
}
