package org.thalweg.direction;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/**
 * The direction of steepest descent and the last step of training. eta is the step, theta minus the parameters one
 * iteration before, so that training came from beta = -1; delta is minus the gradient, scaled to the length of the
 * step, so that alpha = 1 is a plain gradient step of the same length. The cosine between them tells how closely
 * training follows the gradient.
 *
 * <p>The pair's quantity is {@code step_length}, ||eta||.
 *
 * @param otherwise the directions where the last step is not known: before training, say
 * @since 0.2.0
 */
public record GradientDirections(Optional<DirectionSource> otherwise) implements DirectionSource {

    /** Only for parameters whose last step is known. */
    public GradientDirections() {
        this(Optional.empty());
    }

    /** @param otherwise the directions where the last step is not known: before training, say */
    public GradientDirections(DirectionSource otherwise) {
        this(Optional.of(otherwise));
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        if (context.previous().isPresent()) {
            return between(context.previous().get(), context);
        }
        return otherwise
                .orElseThrow(
                        () -> new IllegalStateException("the last step is not known here: it needs the parameters of"
                                + " one iteration before, which a listener keeps with"
                                + " QuantityOptions.withLastStep(true), and another kind of directions for the frame"
                                + " before training"))
                .at(context);
    }

    private static DirectionPair between(INDArray previous, DirectionContext context) {
        INDArray step = Differences.of("the parameters one iteration before", previous, context.theta())
                .negi();
        double length = InnerProducts.norm(step);
        INDArray gradient = context.objective().gradient(context.theta());
        double slope = InnerProducts.norm(gradient);
        if (!(slope > 0) || Double.isInfinite(slope)) {
            throw new IllegalStateException("the gradient gives no direction here: its norm is " + slope);
        }
        return new DirectionPair(gradient.muli(-length / slope), step, Map.of("step_length", length));
    }

    @Override
    public boolean usesFirstFrame() {
        return otherwise.map(DirectionSource::usesFirstFrame).orElse(false);
    }

    @Override
    public int workingVectors() {
        return otherwise.map(DirectionSource::workingVectors).orElse(0);
    }

    @Override
    public String describe() {
        return "steepest descent and the last step"
                + otherwise
                        .map(source -> "; where that is not known, " + source.describe())
                        .orElse("");
    }
}
