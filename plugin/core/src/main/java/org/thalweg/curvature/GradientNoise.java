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
 * @param squaredNorm |G|^2 of the gradient G of all data, without bias; may be negative where noise covers it
 * @param trace of the covariance Sigma of single examples' gradients, without bias
 * @param signalToNoise mean over the parameters of the squared gradient over the variance of single examples, without
 *     bias where batches' gradients are normal; NaN if no parameter's gradient differs between batches
 * @since 0.2.0
 */
public record GradientNoise(double squaredNorm, double trace, double signalToNoise) {

    /** Elements that are summed in double at a time. */
    private static final int CHUNK = 1 << 14;

    private static final double ROUNDING = 1e-14;

    /**
     * Takes one gradient of each batch. With the mean squared norm s of batches of b examples and that of the whole
     * probe of n examples, S, |G|^2 = (n S - b s) / (n - b) and tr Sigma = (s - S) / (1 / b - 1 / n) (S. McCandlish, J.
     * Kaplan, D. Amodei et al., "An empirical model of large-batch training", 2018, arXiv 1812.06162, appendix A.1).
     */
    static GradientNoise of(ObjectiveParts batches, INDArray theta) {
        int count = batches.parts().size();
        double examples = batches.parts().stream().mapToInt(ProbePart::size).sum();
        double batch = examples / count;
        try (Sums sums = new Sums(theta.length())) {
            batches.forEachGradient(theta, sums::add);
            return sums.noise(batch, examples);
        }
    }

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

        GradientNoise noise(double batch, double examples) {
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
                    // Below rounding it is none: a parameter that all batches leave alone.
                    if (variance > ROUNDING * all[j]) {
                        ratios += ofMean / variance;
                        moving++;
                    }
                }
            }
            // E[mean^2 / s^2] = (B - 1) / (B - 3) (1 / B + G^2 / sigma^2) for B normal values.
            double unbiased = (count - 3.0) / (count - 1) * ratios / moving / batch - 1 / examples;
            return new GradientNoise(
                    (examples * ofWhole - batch * ofBatches) / (examples - batch),
                    (ofBatches - ofWhole) / (1 / batch - 1 / examples),
                    unbiased);
        }

        @Override
        public void close() {
            sum.close();
            squares.close();
        }
    }
}
