package org.thalweg.demo.batchnorm;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;

/**
 * The loss and its gradient on steps of several sizes along the gradient of one mini-batch, as S. Santurkar, D. Tsipras, A.
 * Ilyas and A. Madry, "How does batch normalization help optimization?", NeurIPS 2018, section 3.1 and figure 4, measure how
 * smooth a loss is: by what an optimizer meets, not by curvature in all directions.
 *
 * @param lossRange difference between the largest and the smallest loss on the steps
 * @param gradientChange the largest distance between the gradient at a step and that at its start
 * @param smoothness the effective beta-smoothness: the largest quotient of that distance and the step's length
 */
record AlongGradient(double lossRange, double gradientChange, double smoothness) {

    /** Sizes of steps in learning rates, as in the source. */
    private static final double[] STEPS = {0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4};

    /**
     * Measures at parameters.
     *
     * @param objective the loss that training descends, on one mini-batch
     * @param theta packed, {@code [P]}
     */
    static AlongGradient at(Objective objective, INDArray theta, double learningRate) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double furthest = 0;
        double steepest = 0;
        try (INDArray gradient = objective.gradient(theta)) {
            double length = InnerProducts.norm(gradient);
            for (double step : STEPS) {
                try (INDArray point = theta.sub(gradient.mul(step * learningRate));
                        INDArray there = objective.gradient(point)) {
                    double loss = objective.evaluate(point).loss();
                    lowest = Math.min(lowest, loss);
                    highest = Math.max(highest, loss);
                    double change = InnerProducts.norm(there.subi(gradient));
                    furthest = Math.max(furthest, change);
                    steepest = Math.max(steepest, change / (step * learningRate * length));
                }
            }
        }
        return new AlongGradient(highest - lowest, furthest, steepest);
    }

    /** The median of a number over the steps of training. */
    static double median(List<AlongGradient> all, ToDoubleFunction<AlongGradient> number) {
        double[] sorted = all.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
