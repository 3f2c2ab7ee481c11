package org.thalweg.objective;

/**
 * A device failed while it computed. Its results so far are lost; {@link Placement#recover} says whether the
 * computation can be repeated.
 *
 * @since 0.2.0
 */
public class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean outOfMemory;

    /** @param outOfMemory whether less memory might have sufficed */
    public DeviceException(String message, boolean outOfMemory) {
        super(message);
        this.outOfMemory = outOfMemory;
    }

    /** Whether the device had too little memory, so that smaller batches may succeed. */
    public final boolean outOfMemory() {
        return outOfMemory;
    }
}
