package org.thalweg.listener;

import java.util.List;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * Which further quantities a frame has, a number each. Immutable.
 *
 * @param list the quantities
 * @param lastStep whether those of the last step before a frame are computed (the curvature along it, Cockpit's alpha), and
 *     the edge of stability of Adam, AMSGrad, RMSProp and AdaGrad. This copies the parameters at the iteration before each
 *     frame and the updater's second moments at the frame, both for as long as the frame waits and is in work, and takes
 *     another Lanczos run a frame.
 * @since 0.2.0
 */
public record QuantityOptions(List<CurvatureQuantity> list, boolean lastStep) {

    /** All quantities on the class path, without those of the last step. */
    public static final QuantityOptions DEFAULT = new QuantityOptions(CurvatureQuantity.all(), false);

    public QuantityOptions {
        list = List.copyOf(list);
    }

    /** These quantities alone. */
    public QuantityOptions withList(List<CurvatureQuantity> list) {
        return new QuantityOptions(list, lastStep);
    }

    /** With the quantities of the last step, or without. */
    public QuantityOptions withLastStep(boolean lastStep) {
        return new QuantityOptions(list, lastStep);
    }
}
