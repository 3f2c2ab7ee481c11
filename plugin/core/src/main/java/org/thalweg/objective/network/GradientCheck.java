package org.thalweg.objective.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterBlock;

/**
 * Checks a network's gradient g against differences of its loss L, in double precision, before any result from it is
 * trusted.
 *
 * <p>Directions d are normal draws with the standard deviation s of their block's parameters, so a step h is the same
 * share of every parameter, and the standard deviation of &lt;g, d&gt; is ||s g||. For steps h from 1e-3 down to 1e-7,
 *
 * <pre>
 *   D(h) = (L(theta + h d) - L(theta - h d)) / 2h
 * </pre>
 *
 * <p>differs from &lt;g, d&gt; by at most h^2 times a third derivative, plus rounding of about 1e-15 |L| / h: one of
 * the steps is accurate to 1e-7 or better. The gradient passes a direction if D(h) is within 1e-4 ||s g|| and that
 * rounding of &lt;g, d&gt; for any h. There are three directions for each layer, and three for all parameters.
 *
 * <p>theta is first moved by a hundredth of s: Deeplearning4j's biases begin at zero, where dark patches of images sit
 * on ReLU's kink and a difference is the mean of two slopes, while a gradient is one of them. A network that fits its
 * data may have a gradient below the rounding of its logits; directions that do not prove the gradient are checked
 * again at distances of a tenth and a half of s, where no network fits its data. A gradient that is zero wherever it
 * would agree proves nothing: a layer that fails at one place has to agree at another, and one whose gradient is zero
 * at all of these is checked at larger distances.
 */
final class GradientCheck {

    private static final double[] STEPS = {1e-5, 1e-4, 1e-6, 1e-3, 1e-7};
    private static final double[] OFFSETS = {1e-2, 1e-1, 5e-1};
    /** Distances for layers whose gradient was zero at all of these. */
    private static final double[] FAR_OFFSETS = {1, 1, 2, 2, 4, 4, 8, 8};

    private static final double TOLERANCE = 1e-4;
    private static final double ROUNDING = 1e-14;
    private static final int DIRECTIONS = 3;
    private static final double SMALLEST_SCALE = 1e-3;

    /** From the best to the worst. */
    private enum Comparison {
        AGREES,
        /** Gradient and difference are both below the rounding of the loss, which says nothing. */
        HIDDEN,
        DIFFERS
    }

    private final NetworkGradient gradients;
    private final boolean training;
    private final INDArray flat;
    private final INDArray theta;
    private final INDArray scale;
    private final ZigguratSampler.NormalizedGaussian gaussian;
    private final Set<String> proved = new LinkedHashSet<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private Comparison together = Comparison.HIDDEN;

    private GradientCheck(NetworkGradient gradients, boolean training, INDArray flat, INDArray theta) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(0x7468616c77656772L);
        this.gradients = gradients;
        this.training = training;
        this.flat = flat.castTo(DataType.DOUBLE).dup();
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        this.theta = theta;
        this.scale = scale(theta);
    }

    /**
     * The reason why the gradient is not the loss's, if it is not.
     *
     * @param gradients in double precision
     * @param training whether the loss is evaluated in training mode
     * @param flat the network's flat vector, for its constants
     * @param theta packed, {@code [P]}, double
     * @return the reason, which names the layer; empty if the gradient is correct
     */
    static Optional<String> defect(NetworkGradient gradients, boolean training, INDArray flat, INDArray theta) {
        return new GradientCheck(gradients, training, flat, theta).defect();
    }

    private Optional<String> defect() {
        for (double offset : OFFSETS) {
            Point point = pointAt(offset);
            Optional<String> notFinite = point.notFinite();
            if (notFinite.isPresent()) {
                return notFinite;
            }
            compareAt(point, unproved());
            if (together != Comparison.AGREES) {
                together = point.compare(gradients.layout().trainable());
            }
            if (together == Comparison.AGREES && unproved().isEmpty()) {
                return Optional.empty();
            }
        }
        lookFurther();
        failed.removeAll(proved);
        if (failed.isEmpty() && together != Comparison.DIFFERS) {
            return Optional.empty();
        }
        String where =
                failed.isEmpty() ? "the layers together" : gradients.model().blame(failed, proved);
        return Optional.of(Objective.NOT_THE_GRADIENT + ": " + where);
    }

    /** Looks for points where layers whose gradient has been zero so far have a gradient. */
    private void lookFurther() {
        for (double offset : FAR_OFFSETS) {
            Set<String> hidden = unproved();
            hidden.removeAll(failed);
            if (hidden.isEmpty()) {
                return;
            }
            Point point = pointAt(offset);
            if (point.notFinite().isPresent()) {
                return;
            }
            compareAt(point, hidden);
        }
    }

    private Set<String> unproved() {
        Set<String> layers = new LinkedHashSet<>(byLayer().keySet());
        layers.removeAll(proved);
        return layers;
    }

    private Point pointAt(double offset) {
        return new Point(draw().muli(scale).muli(offset).addi(theta));
    }

    private void compareAt(Point point, Set<String> layers) {
        for (String layer : layers) {
            switch (point.compare(blocks(layer))) {
                case AGREES -> proved.add(layer);
                case DIFFERS -> failed.add(layer);
                case HIDDEN -> {}
            }
        }
    }

    private List<ParameterBlock> blocks(String layer) {
        return byLayer().getOrDefault(layer, List.of());
    }

    private Map<String, List<ParameterBlock>> byLayer() {
        Map<String, List<ParameterBlock>> layers = new LinkedHashMap<>();
        for (ParameterBlock block : gradients.layout().trainable()) {
            layers.computeIfAbsent(block.layer(), name -> new ArrayList<>()).add(block);
        }
        return layers;
    }

    private double lossAt(INDArray point) {
        return gradients.lossAt(point, flat, training);
    }

    /** A point at which gradient and loss are compared. */
    private final class Point {

        private final INDArray place;
        private final double loss;
        private final INDArray gradient;

        Point(INDArray place) {
            this.place = place;
            this.loss = lossAt(place);
            this.gradient = gradients.mean();
        }

        Optional<String> notFinite() {
            return Double.isFinite(loss) ? gradients.notFinite(gradient) : Optional.of(NetworkGradient.NOT_FINITE);
        }

        /** Compares them along directions that move some blocks only. */
        Comparison compare(List<ParameterBlock> blocks) {
            Comparison worst = Comparison.AGREES;
            for (int i = 0; i < DIRECTIONS && worst != Comparison.DIFFERS; i++) {
                Comparison next = compareOnce(blocks);
                worst = next.compareTo(worst) > 0 ? next : worst;
            }
            return worst;
        }

        private Comparison compareOnce(List<ParameterBlock> blocks) {
            INDArray direction = Nd4j.zeros(DataType.DOUBLE, place.length());
            INDArray draw = draw().muli(scale);
            double squares = 0;
            for (ParameterBlock block : blocks) {
                block.packed(direction).assign(block.packed(draw));
                double norm = block.packed(gradient)
                        .mul(block.packed(scale))
                        .norm2Number()
                        .doubleValue();
                squares += norm * norm;
            }
            double size = Math.sqrt(squares);
            double slope = Nd4j.getBlasWrapper().dot(gradient, direction);
            for (double step : STEPS) {
                double rounding = ROUNDING * Math.abs(loss) / step;
                double deviation = Math.abs(difference(direction, step) - slope);
                if (size + deviation <= rounding) {
                    return Comparison.HIDDEN;
                }
                if (deviation <= TOLERANCE * size) {
                    return Comparison.AGREES;
                }
            }
            return Comparison.DIFFERS;
        }

        private double difference(INDArray direction, double step) {
            double ahead = lossAt(direction.mul(step).addi(place));
            double behind = lossAt(direction.mul(-step).addi(place));
            return (ahead - behind) / (2 * step);
        }
    }

    /** The root mean square of each block, at least a tenth of its layer's largest. */
    private INDArray scale(INDArray theta) {
        INDArray scales = Nd4j.create(DataType.DOUBLE, theta.length());
        for (List<ParameterBlock> layer : byLayer().values()) {
            double largest = layer.stream()
                    .mapToDouble(block -> rootMeanSquare(block, theta))
                    .max()
                    .orElse(0);
            for (ParameterBlock block : layer) {
                double least = Math.max(SMALLEST_SCALE, largest / 10);
                block.packed(scales).assign(Math.max(rootMeanSquare(block, theta), least));
            }
        }
        return scales;
    }

    private static double rootMeanSquare(ParameterBlock block, INDArray theta) {
        return block.packed(theta).norm2Number().doubleValue() / Math.sqrt((double) block.length());
    }

    private INDArray draw() {
        double[] values = new double[Math.toIntExact(gradients.layout().parameters())];
        for (int i = 0; i < values.length; i++) {
            values[i] = gaussian.sample();
        }
        return Nd4j.createFromArray(values);
    }
}
