package org.thalweg.frame;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A statement about a frame in one sentence. Immutable.
 *
 * @param kind the rule that found it, such as {@code edge_of_stability}; a frame has at most one finding of each kind
 * @param severity its importance
 * @param words one sentence with the numbers behind it, as plain text
 * @param numbers the same numbers by name; those that are not finite are left out
 * @param advice what to try, in a sentence; empty where there is nothing to do
 * @param reference where to read more: a paper, or empty
 * @since 0.2.0
 */
public record Finding(
        String kind, Severity severity, String words, Map<String, Double> numbers, String advice, String reference) {

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

        /**
         * The severity with a label.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Severity of(String label) {
            for (Severity severity : values()) {
                if (severity.label.equals(label)) {
                    return severity;
                }
            }
            throw new IllegalArgumentException("a severity must be note, warning or alarm, got '" + label + "'");
        }
    }

    public Finding {
        numbers = numbers.entrySet().stream()
                .filter(number -> Double.isFinite(number.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
