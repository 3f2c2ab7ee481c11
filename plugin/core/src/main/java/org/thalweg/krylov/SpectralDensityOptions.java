package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sampling and resolution of a spectral density. Immutable.
 *
 * @param probes number of random start vectors, at least 2 for a standard error
 * @param steps products for each probe: nodes of its quadrature, exact for polynomials of degree 2 steps - 1
 * @param kernelWidth standard deviation of the Gaussian kernel, as a share of the distance between the extreme nodes
 * @param gridPoints number of lambda values
 * @param seed seed of the probes
 * @since 0.2.0
 */
public record SpectralDensityOptions(int probes, int steps, double kernelWidth, int gridPoints, long seed) {

    /** Ten probes of 80 steps (Ghorbani et al. 2019 found 80 enough for networks), kernel of 0.5 %, 512 values. */
    public static final SpectralDensityOptions DEFAULT = new SpectralDensityOptions(10, 80, 0.005, 512, 12345);

    public SpectralDensityOptions {
        if (probes < 2) {
            throw new IllegalArgumentException("a standard error needs at least 2 probes, got " + probes);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, got " + steps);
        }
        if (!(kernelWidth > 0) || kernelWidth > 1) {
            throw new IllegalArgumentException(
                    "kernel width must be in (0, 1] of the spectrum's range, got " + kernelWidth);
        }
        if (gridPoints < 2) {
            throw new IllegalArgumentException("grid must have at least 2 values, got " + gridPoints);
        }
    }

    public SpectralDensityOptions withProbes(int probes) {
        return new SpectralDensityOptions(probes, steps, kernelWidth, gridPoints, seed);
    }

    public SpectralDensityOptions withSteps(int steps) {
        return new SpectralDensityOptions(probes, steps, kernelWidth, gridPoints, seed);
    }

    public SpectralDensityOptions withKernelWidth(double kernelWidth) {
        return new SpectralDensityOptions(probes, steps, kernelWidth, gridPoints, seed);
    }

    public SpectralDensityOptions withGridPoints(int gridPoints) {
        return new SpectralDensityOptions(probes, steps, kernelWidth, gridPoints, seed);
    }

    public SpectralDensityOptions withSeed(long seed) {
        return new SpectralDensityOptions(probes, steps, kernelWidth, gridPoints, seed);
    }

    /** Bytes that the estimate needs for vectors of length n: a basis of all steps, its candidate and a product. */
    public long bytes(long n, DataType type) {
        return KrylovBasis.bytes(type, (int) Math.min(n, steps) + 1, n) + n * type.width();
    }
}
