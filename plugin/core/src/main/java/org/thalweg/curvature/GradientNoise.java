package org.thalweg.curvature;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ProbePart;

/**
 * The gradients of single examples around their mean, from the gradients of B disjoint random batches that make up the
 * probe. Immutable.
 *
 * @param squaredNorm |G|^2 of the gradient G of all data, without bias; may be negative if noise hides it
 * @param trace of the covariance Sigma of single examples' gradients, without bias
 * @param signalToNoise mean over the parameters of the squared gradient over the variance of single examples, without
 *     bias where batches' gradients are normal; NaN if no parameter's gradient differs between batches
 * @param scaleError standard error of {@code trace / squaredNorm} by the jackknife over batches; NaN if without one of
 *     them noise hides the gradient
 * @since 0.2.0
 */
public record GradientNoise(double squaredNorm, double trace, double signalToNoise, double scaleError) {

    /** Number of elements that are summed in double at a time. */
    private static final int CHUNK = 1 << 14;

    private static final double ROUNDING = 1e-14;

    /**
     * Computes two gradients of each batch. With the mean squared norm s of batches of b examples and that of the whole
     * probe of n examples, S, |G|^2 = (n S - b s) / (n - b) and tr Sigma = (s - S) / (1 / b - 1 / n) (S. McCandlish, J.
     * Kaplan, D. Amodei et al., "An empirical model of large-batch training", 2018, arXiv 1812.06162, appendix A.1).
     */
    static GradientNoise of(ObjectiveParts batches, INDArray theta) {
        int count = batches.parts().size();
        double examples = batches.parts().stream().mapToInt(ProbePart::size).sum();
        double batch = examples / count;
        try (Sums sums = new Sums(theta.length())) {
            batches.forEachGradient(theta, sums::add);
            Norms norms = sums.norms();
            double[] squares = new double[count];
            double[] withSum = new double[count];
            int[] place = {0};
            batches.forEachGradient(theta, gradient -> {
                int b = place[0]++;
                squares[b] = InnerProducts.dot(gradient, gradient);
                withSum[b] = sums.dot(gradient);
            });
            return new GradientNoise(
                    squaredNorm(norms, batch),
                    trace(norms, batch),
                    signalToNoise(norms, batch, examples),
                    jackknife(norms, squares, withSum, batch));
        }
    }

    private static double squaredNorm(Norms norms, double batch) {
        double examples = norms.batches * batch;
        return (examples * norms.ofMean - batch * norms.meanSquare) / (examples - batch);
    }

    private static double trace(Norms norms, double batch) {
        return (norms.meanSquare - norms.ofMean) / (1 / batch - 1 / (norms.batches * batch));
    }

    /** E[mean^2 / s^2] = (B - 1) / (B - 3) (1 / B + G^2 / sigma^2) for B normal values. */
    private static double signalToNoise(Norms norms, double batch, double examples) {
        int count = norms.batches;
        return (count - 3.0) / (count - 1) * norms.meanRatio / batch - 1 / examples;
    }

    /** The spread of the noise scale when each batch in turn is left out. */
    private static double jackknife(Norms norms, double[] squares, double[] withSum, double batch) {
        int count = norms.batches;
        double[] scales = new double[count];
        for (int b = 0; b < count; b++) {
            int others = count - 1;
            double ofSum = norms.ofMean * count * count - 2 * withSum[b] + squares[b];
            Norms without =
                    new Norms(others, ofSum / others / others, (norms.meanSquare * count - squares[b]) / others, 0);
            double norm = squaredNorm(without, batch);
            scales[b] = norm > 0 ? trace(without, batch) / norm : Double.NaN;
        }
        // The spread of leave-one-out values is B - 1 times smaller than that of independent ones.
        return (count - 1) * SamplingErrors.standardError(scales);
    }

    /**
     * Norms of the batches' gradients.
     *
     * @param batches number of batches
     * @param ofMean squared norm of their mean
     * @param meanSquare mean of their squared norms
     * @param meanRatio mean over the parameters of the squared mean over the variance of batches
     */
    private record Norms(int batches, double ofMean, double meanSquare, double meanRatio) {}

    /** Sums of the batches' gradients and of their squares, in double: three vectors. */
    private static final class Sums implements AutoCloseable {

        private final INDArray sum;
        private final INDArray squares;
        private int count;

        Sums(long length) {
            sum = Nd4j.zeros(DataType.DOUBLE, length);
            squares = Nd4j.zeros(DataType.DOUBLE, length);
        }

        void add(INDArray gradient) {
            if (!InnerProducts.isFinite(gradient)) {
                throw new AbsentException(CurvatureReport.DIVERGED);
            }
            try (INDArray precise = Nd4j.createUninitialized(DataType.DOUBLE, gradient.length())) {
                precise.assign(gradient);
                sum.addi(precise);
                squares.addi(precise.muli(precise));
                count++;
            }
        }

        double dot(INDArray gradient) {
            try (INDArray precise = Nd4j.createUninitialized(DataType.DOUBLE, gradient.length())) {
                precise.assign(gradient);
                return InnerProducts.dot(sum, precise);
            }
        }

        Norms norms() {
            double ofBatches = 0;
            double ofWhole = 0;
            double ratios = 0;
            long moving = 0;
            for (long from = 0; from < sum.length(); from += CHUNK) {
                INDArrayIndex range = NDArrayIndex.interval(from, Math.min(sum.length(), from + CHUNK));
                double[] sums = sum.get(range).toDoubleVector();
                double[] all = squares.get(range).toDoubleVector();
                for (int j = 0; j < sums.length; j++) {
                    double ofMean = sums[j] / count * sums[j] / count;
                    ofBatches += all[j] / count;
                    ofWhole += ofMean;
                    double variance = (all[j] - count * ofMean) / (count - 1);
                    // A variance below rounding counts as none: no batch moves the parameter.
                    if (variance > ROUNDING * all[j]) {
                        ratios += ofMean / variance;
                        moving++;
                    }
                }
            }
            return new Norms(count, ofWhole, ofBatches, ratios / moving);
        }

        @Override
        public void close() {
            sum.close();
            squares.close();
        }
    }
}
