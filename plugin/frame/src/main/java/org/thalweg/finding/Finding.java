package org.thalweg.finding;

/**
 * A statement about a frame in one sentence. Immutable.
 *
 * @param kind the rule that found it, such as {@code edge_of_stability}; a frame has at most one finding of each kind
 * @param severity its importance
 * @param words one sentence with the numbers behind it, as plain text
 * @since 0.2.0
 */
public record Finding(String kind, Severity severity, String words) {

    /** The importance of a finding, in ascending order. */
    public enum Severity {
        /** Good to know. */
        NOTE("note"),
        /** Numbers or training have a problem. */
        WARNING("warning"),
        /** Training has failed. */
        ALARM("alarm");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        /** The word on pages and in files. */
        public String label() {
            return label;
        }
    }

    static Finding note(String kind, String words) {
        return new Finding(kind, Severity.NOTE, words);
    }

    static Finding warning(String kind, String words) {
        return new Finding(kind, Severity.WARNING, words);
    }

    static Finding alarm(String kind, String words) {
        return new Finding(kind, Severity.ALARM, words);
    }
}
