package org.thalweg.objective;

/**
 * A network that an objective cannot represent; the message names the layer and the reason.
 *
 * @since 0.2.0
 */
public final class UnsupportedNetworkException extends RuntimeException {

    private final String layer;

    /**
     * @param layer the layer, vertex or setting that is not covered
     * @param reason the reason, and what to do
     */
    public UnsupportedNetworkException(String layer, String reason) {
        super(layer + ": " + reason);
        this.layer = layer;
    }

    /** The layer, vertex or setting that is not covered. */
    public String layer() {
        return layer;
    }
}
