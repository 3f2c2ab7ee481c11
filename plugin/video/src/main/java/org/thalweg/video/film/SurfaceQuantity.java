package org.thalweg.video.film;

import java.util.Locale;
import java.util.Optional;
import org.thalweg.frame.SurfaceValues;

/**
 * The quantity that height and colour of a surface show.
 *
 * @since 0.2.0
 */
public enum SurfaceQuantity {
    /** Loss on the training probe. */
    LOSS("loss"),
    /** Percent correct on the training probe. */
    ACCURACY("accuracy, %"),
    /** Loss on the validation probe. */
    VALIDATION_LOSS("validation loss"),
    /** Percent correct on the validation probe. */
    VALIDATION_ACCURACY("validation accuracy, %"),
    /** |lambda_min/lambda_max| of a convexity map, whose ratios a frame has in place of its losses. */
    CONVEXITY("|\u03BBmin/\u03BBmax|");

    private final String label;

    SurfaceQuantity(String label) {
        this.label = label;
    }

    /** The name on the command line: {@code validation-loss}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in pictures. */
    public String label() {
        return label;
    }

    /** Whether it is a loss, which has a logarithmic scale and spikes. */
    public boolean isLoss() {
        return this == LOSS || this == VALIDATION_LOSS;
    }

    /** Its values on a surface, {@code [ny][nx]}; empty if the surface lacks them. */
    public Optional<double[][]> of(SurfaceValues surface) {
        return switch (this) {
            case LOSS, CONVEXITY -> Optional.of(surface.loss());
            case ACCURACY -> surface.accuracy();
            case VALIDATION_LOSS -> surface.validationLoss();
            case VALIDATION_ACCURACY -> surface.validationAccuracy();
        };
    }
}
