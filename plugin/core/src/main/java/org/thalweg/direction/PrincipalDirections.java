package org.thalweg.direction;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The two directions in which a trajectory varies most, of unit length (Li et al., "Visualizing the Loss Landscape of
 * Neural Nets", NeurIPS 2018, section 7). They are the same at every frame.
 *
 * <p>The pair's quantities are {@code delta_explained_variance_ratio} and {@code eta_explained_variance_ratio}, the
 * share of each in the trajectory's variance, 0 to 1.
 *
 * @param components at least two
 * @since 0.2.0
 */
public record PrincipalDirections(PrincipalComponents components) implements DirectionSource {

    public PrincipalDirections {
        if (components.directions().size() < 2) {
            throw new IllegalArgumentException("a plane needs two principal components, got "
                    + components.directions().size());
        }
    }

    @Override
    public DirectionPair at(DirectionContext context) {
        double[] share = components.explainedVarianceRatio();
        return new DirectionPair(
                copy(components.directions().get(0), context.theta()),
                copy(components.directions().get(1), context.theta()),
                Map.of("delta_explained_variance_ratio", share[0], "eta_explained_variance_ratio", share[1]));
    }

    private static INDArray copy(INDArray component, INDArray theta) {
        if (component.length() != theta.length()) {
            throw new IllegalArgumentException("the trajectory must be of the same network, with " + theta.length()
                    + " trainable parameters, got " + component.length());
        }
        return theta.ulike().assign(component);
    }

    @Override
    public String describe() {
        return "principal components of a trajectory";
    }
}
