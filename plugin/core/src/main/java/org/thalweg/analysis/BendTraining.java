package org.thalweg.analysis;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ArraySampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;
import org.thalweg.surface.BezierCurve;

/**
 * Trains the bend of a Bezier curve between two networks so that the loss along the curve is low: each iteration draws a
 * place t uniformly from 0 to 1 and a mini-batch, and makes a step of Adam along the gradient with respect to the bend (T.
 * Garipov et al., "Loss Surfaces, Mode Connectivity, and Fast Ensembling of DNNs", NeurIPS 2018). It starts at the midpoint,
 * where the curve is the straight line. The two networks stay as they are. Not thread-safe.
 *
 * @param objective the loss that is minimized; its probe is replaced by mini-batches. A network with BatchNorm needs mode
 *     {@code BATCH}
 * @param examples training examples; a pass over them is in an order of its own
 * @param options how long, and with which steps
 * @since 0.2.0
 */
public record BendTraining(Objective objective, Probe examples, ConnectionOptions options) {

    /**
     * The bend.
     *
     * @param first packed, {@code [P]}
     * @param second packed, {@code [P]}
     * @param stop called before each iteration with its number; true ends the training
     * @return packed, {@code [P]}
     * @throws IllegalStateException if a gradient is not finite; the message says what to change
     * @throws UnsupportedOperationException if the objective has no gradient; the message is the reason
     */
    public INDArray train(INDArray first, INDArray second, IntPredicate stop) {
        BezierCurve curve = BezierCurve.straight(first, second);
        long parameters = first.length();
        Adam rule = new Adam(
                new PolySchedule(ScheduleType.ITERATION, options.learningRate(), 1, Math.max(1, options.iterations())));
        GradientUpdater<?> adam = rule.instantiate(Nd4j.zeros(first.dataType(), 1, rule.stateSize(parameters)), true);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(options.seed());
        MiniBatches batches = new MiniBatches(examples, options.batchSize(), random);
        Objective loss = objective;
        for (int iteration = 0; iteration < options.iterations() && !stop.test(iteration); iteration++) {
            loss = loss.withMiniBatch(batches.next());
            double t = random.nextDouble();
            try (INDArray step = curve.bendGradient(loss, t)) {
                if (!InnerProducts.isFinite(step)) {
                    throw new IllegalStateException("the gradient at t = " + t + " is not finite in iteration "
                            + iteration + " of the bend's training: lower the learning rate, which was "
                            + options.learningRate());
                }
                adam.applyUpdater(step.reshape(1, parameters), iteration, 0);
                curve.bend().subi(step);
            }
        }
        return curve.bend();
    }

    /** Random batches of equal size; the examples of a pass that do not fill one are left out of it. */
    private static final class MiniBatches {

        private final Probe examples;
        private final int size;
        private final UniformRandomProvider random;
        private final int[] order;
        private int next;

        MiniBatches(Probe examples, int size, UniformRandomProvider random) {
            this.examples = examples;
            this.size = Math.min(size, examples.size());
            this.random = random;
            this.order = IntStream.range(0, examples.size()).toArray();
            this.next = order.length;
        }

        Probe next() {
            if (next + size > order.length) {
                ArraySampler.shuffle(random, order);
                next = 0;
            }
            int from = next;
            next += size;
            return examples.select(
                    IntStream.range(from, next).map(i -> order[i]).toArray());
        }
    }
}
