package org.thalweg.frame;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * An estimate as plain numbers by name. Immutable; the arrays must not be changed.
 *
 * @param numbers scalars: {@code value}, {@code standard_error}, {@code products}, ...; each becomes a meter and a
 *     column
 * @param arrays sequences: {@code eigenvalues}, ...; each becomes a dataset
 * @since 0.2.0
 */
public record EstimateValues(Map<String, Double> numbers, Map<String, double[]> arrays) {

    public EstimateValues {
        numbers = Map.copyOf(numbers);
        arrays = arrays.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, array -> array.getValue().clone()));
    }
}
