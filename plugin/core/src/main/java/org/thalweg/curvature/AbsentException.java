package org.thalweg.curvature;

/**
 * A quantity cannot be had at this frame. Thrown by whatever it is computed from, so that a quantity is its formula and
 * cannot forget a case; it becomes the reason beside the quantity's name. Has no stack trace.
 *
 * @since 0.2.0
 */
public final class AbsentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a word, or a word and details after a colon: {@code off}, {@code kink}, {@code memory: ...} */
    public AbsentException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public String reason() {
        return reason;
    }
}
