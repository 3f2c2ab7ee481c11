package org.thalweg.direction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Parameterization;

/**
 * Points between theta and two others, with filters rescaled to the length of theta's: between two random vectors
 * lengths shrink, and a network with shorter weights is a different one. For each filter f,
 *
 * <pre>
 *   m(t, i) = (1 - t) theta_f + t theta_i,f            on the straight line to point i
 *   n(t, i) = ||theta_f|| m(t, i) / ||m(t, i)||        as long as theta's
 * </pre>
 *
 * <p>Lengths follow from the inner products of the three points, which are computed once, so a point of the plane costs
 * no more than a plain one. The point (0, 0) is exactly theta. Each array of biases or norm parameters is one filter;
 * other points whose biases are theta's leave them where they are. Immutable; thread-safe as long as nobody writes to
 * its arrays.
 */
abstract sealed class FilterInterpolation implements Parameterization permits DoubleLinear, Barycentric {

    private final List<INDArray> points;
    private final Map<String, List<Filters>> blocks = new HashMap<>();

    FilterInterpolation(ParameterLayout layout, INDArray theta, INDArray first, INDArray second) {
        this.points = List.of(first, second);
        for (INDArray point : points) {
            if (point.length() != theta.length()) {
                throw new IllegalArgumentException("points must be of the same network, with " + theta.length()
                        + " trainable parameters, got " + point.length());
            }
        }
        for (ParameterBlock block : layout.trainable()) {
            INDArray weights = block.of(theta);
            blocks.put(
                    block.key(),
                    points.stream()
                            .map(point -> filters(block, weights, block.of(point)))
                            .toList());
        }
    }

    private static Filters filters(ParameterBlock block, INDArray weights, INDArray other) {
        return new Filters(
                products(block, weights, weights), products(block, weights, other), products(block, other, other));
    }

    private static double[] products(ParameterBlock block, INDArray a, INDArray b) {
        INDArray product = a.castTo(DataType.DOUBLE).mul(b.castTo(DataType.DOUBLE));
        int[] within = block.withinFilterAxes();
        INDArray sums = within.length == 0 ? product : product.sum(within);
        return sums.dup('c').data().asDouble();
    }

    /** The two other points themselves, not their differences to theta. */
    @Override
    public List<INDArray> directions() {
        return points;
    }

    @Override
    public boolean uniform() {
        return false;
    }

    @Override
    public double[][] coefficients(double[] point, ParameterBlock block) {
        List<Filters> ways = blocks.get(block.key());
        if (ways == null) {
            throw new IllegalArgumentException("these points have no parameters " + block.key());
        }
        int filters = ways.get(0).theta().length;
        double[][] coefficients = new double[3][filters];
        for (int f = 0; f < filters; f++) {
            double[] ofFilter = ofFilter(
                    point[0],
                    point[1],
                    ways.get(0).stretch(f, point[0]),
                    ways.get(1).stretch(f, point[1]));
            for (int i = 0; i < 3; i++) {
                coefficients[i][f] = ofFilter[i];
            }
        }
        return coefficients;
    }

    /**
     * Coefficients of theta and the two others in one filter.
     *
     * @param stretchAlpha ||theta_f|| / ||m(alpha, 1)||
     * @param stretchBeta ||theta_f|| / ||m(beta, 2)||
     */
    abstract double[] ofFilter(double alpha, double beta, double stretchAlpha, double stretchBeta);

    /** Inner products of the filters of theta and another point, one for each filter. */
    private record Filters(double[] theta, double[] mixed, double[] other) {

        /** ||theta_f|| / ||m(t)||; 1 where m is zero. */
        double stretch(int filter, double t) {
            double squared =
                    (1 - t) * (1 - t) * theta[filter] + 2 * t * (1 - t) * mixed[filter] + t * t * other[filter];
            return squared > 0 ? Math.sqrt(theta[filter] / squared) : 1;
        }
    }
}
