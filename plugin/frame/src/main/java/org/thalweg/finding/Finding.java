package org.thalweg.finding;

/**
 * What a frame means, in one sentence. Immutable.
 *
 * @param kind the rule that found it, {@code edge_of_stability} say; a frame has at most one finding of a kind
 * @param severity how much it matters
 * @param words one sentence with the numbers it rests on, plain text
 * @since 0.2.0
 */
public record Finding(String kind, Severity severity, String words) {

    /** How much a finding matters, the least first. */
    public enum Severity {
        /** Good to know. */
        NOTE("note"),
        /** Numbers or training are not what they seem. */
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
