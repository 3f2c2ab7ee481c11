package org.thalweg.finding;

import java.util.Optional;

/**
 * A threshold with a margin, so that a run that hovers around it is not reported again at every frame.
 *
 * @param entering the value from which a frame has the finding
 * @param leaving the same if the frame before had it
 */
record Threshold(double entering, double leaving) {

    /**
     * The value for a frame.
     *
     * @param before the frame before, if there is one
     * @param kind of the finding
     */
    double after(Optional<Moment> before, String kind) {
        return before.filter(moment -> moment.had(kind)).isPresent() ? leaving : entering;
    }
}
