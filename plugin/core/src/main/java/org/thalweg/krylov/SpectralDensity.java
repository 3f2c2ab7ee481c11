package org.thalweg.krylov;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Erf;

/**
 * The distribution of an operator's eigenvalues: a density of total mass 1 on a grid of lambda values, smoothed by a
 * Gaussian kernel, and the quadratures behind it with their moments and errors.
 *
 * @param lambda grid, ascending, equidistant, {@code [g]}
 * @param density mean density over the cell around each grid value, {@code [g]}; times the spacing they sum to 1
 * @param kernelWidth standard deviation of the kernel, in units of lambda
 * @param quadratures one for each probe, before smoothing
 * @param products operator-vector products taken
 * @since 0.2.0
 */
public record SpectralDensity(
        double[] lambda, double[] density, double kernelWidth, List<Quadrature> quadratures, int products) {

    /** Kernel widths that the grid covers beyond the extreme nodes; scaling makes up for the mass outside, 6e-7. */
    private static final double MARGIN = 5;

    public SpectralDensity {
        lambda = lambda.clone();
        density = density.clone();
        quadratures = List.copyOf(quadratures);
    }

    /** Smooths the mean of quadratures. */
    static SpectralDensity of(List<Quadrature> quadratures, SpectralDensityOptions options, int products) {
        double[] nodes = quadratures.stream()
                .flatMapToDouble(quadrature -> Arrays.stream(quadrature.nodes()))
                .sorted()
                .toArray();
        double low = nodes[0];
        double high = nodes[nodes.length - 1];
        double width = options.kernelWidth() * extent(low, high);
        double spacing = (high - low + 2 * MARGIN * width) / options.gridPoints();
        double[] lambda = new double[options.gridPoints()];
        double[] density = new double[options.gridPoints()];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = low - MARGIN * width + (i + 0.5) * spacing;
            for (Quadrature quadrature : quadratures) {
                density[i] += mass(quadrature, lambda[i] - spacing / 2, lambda[i] + spacing / 2, width);
            }
        }
        double total = Arrays.stream(density).sum() * spacing;
        for (int i = 0; i < density.length; i++) {
            density[i] /= total;
        }
        return new SpectralDensity(lambda, density, width, quadratures, products);
    }

    /** Length of the spectrum; where all eigenvalues are equal, their magnitude, so that the kernel has a width. */
    private static double extent(double low, double high) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (high - low > 1e-6 * size) {
            return high - low;
        }
        return size > 0 ? size : 1;
    }

    /**
     * Mass of the smoothed quadrature between two values; exact, so a kernel may be narrower than the grid's spacing.
     */
    private static double mass(Quadrature quadrature, double from, double to, double width) {
        double[] nodes = quadrature.nodes();
        double[] weights = quadrature.weights();
        double unit = width * Math.sqrt(2);
        double mass = 0;
        for (int i = 0; i < nodes.length; i++) {
            if (to > nodes[i] - 2 * MARGIN * width && from < nodes[i] + 2 * MARGIN * width) {
                mass += weights[i] * Erf.erf((from - nodes[i]) / unit, (to - nodes[i]) / unit) / 2;
            }
        }
        return mass;
    }

    @Override
    public double[] lambda() {
        return lambda.clone();
    }

    @Override
    public double[] density() {
        return density.clone();
    }

    /** Mean eigenvalue, tr(H) / n, before smoothing. */
    public double mean() {
        return moments(0, 1).mean();
    }

    /** Standard error of {@link #mean()}, from the spread over the probes. */
    public double meanStandardError() {
        return moments(0, 1).standardError();
    }

    /** Variance of the eigenvalues around {@link #mean()}, before smoothing. */
    public double variance() {
        return moments(mean(), 2).mean();
    }

    /** Standard error of {@link #variance()}, from the spread over the probes. */
    public double varianceStandardError() {
        return moments(mean(), 2).standardError();
    }

    private Moments moments(double center, int power) {
        return Moments.of(quadratures.stream()
                .mapToDouble(quadrature -> quadrature.moment(center, power))
                .toArray());
    }
}
