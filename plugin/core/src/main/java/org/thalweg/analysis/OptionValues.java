package org.thalweg.analysis;

import java.util.Map;

/**
 * What tells one instance of a class from another, for classes that are no records: a direction source that caches, for
 * example. A run is continued only with the same values.
 *
 * @since 0.2.0
 */
public interface OptionValues {

    /** Values by name: strings, numbers, booleans, enum constants, arrays, records, and lists and maps of them. */
    Map<String, Object> optionValues();
}
