package org.thalweg.listener;

import java.util.List;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The further quantities of a frame. Immutable.
 *
 * @param list the quantities
 * @param lastStep whether to compute the quantities of the last step before a frame (the curvature along it, Cockpit's
 *     alpha), and the edge of stability of Adam, AMSGrad, RMSProp and AdaGrad. This copies the parameters one iteration
 *     before each frame and the updater's second moments at the frame, both until the frame is computed, and takes
 *     another Lanczos run for each frame.
 * @since 0.2.0
 */
public record QuantityOptions(List<CurvatureQuantity> list, boolean lastStep) {

    /** All quantities on the class path, except those of the last step. */
    public static final QuantityOptions DEFAULT = new QuantityOptions(CurvatureQuantity.all(), false);

    public QuantityOptions {
        list = List.copyOf(list);
    }

    /** With only these quantities. */
    public QuantityOptions withList(List<CurvatureQuantity> list) {
        return new QuantityOptions(list, lastStep);
    }

    /** With or without the quantities of the last step. */
    public QuantityOptions withLastStep(boolean lastStep) {
        return new QuantityOptions(list, lastStep);
    }
}
