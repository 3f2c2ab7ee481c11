package org.thalweg.curvature;

/**
 * A quantity cannot be computed at this frame. Its inputs throw it, so that a quantity's code is only its formula and
 * cannot forget a case; the message becomes the reason recorded under the quantity's name. Has no stack trace.
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

    /** The reason. */
    public String reason() {
        return reason;
    }
}
