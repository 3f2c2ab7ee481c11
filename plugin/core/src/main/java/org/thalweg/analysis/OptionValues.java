package org.thalweg.analysis;

import java.util.Map;

/**
 * The values that distinguish instances of a class that is not a record, such as a direction source with a cache. A run
 * can be continued only with the same values.
 *
 * @since 0.2.0
 */
public interface OptionValues {

    /** Values by name: strings, numbers, booleans, enum constants, arrays, records, and lists and maps of them. */
    Map<String, Object> optionValues();
}
