package org.thalweg.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one time series of a run: a meter and the values of its tags.
 *
 * @param meter the meter
 * @param tagValues one value per tag key, in the order of {@link MeterNames#tagKeys()}
 */
record MeterKey(MeterNames meter, List<String> tagValues) {

    MeterKey {
        tagValues = List.copyOf(tagValues);
        if (tagValues.size() != meter.tagKeys().size()) {
            throw new IllegalArgumentException(
                    meter + " has the tags " + meter.tagKeys() + ", got the values " + tagValues);
        }
    }

    static MeterKey of(MeterNames meter, String... tagValues) {
        return new MeterKey(meter, List.of(tagValues));
    }

    Meter.Id id(String run) {
        Tags tags = Tags.of(MeterNames.Tags.RUN, run);
        for (int i = 0; i < tagValues.size(); i++) {
            tags = tags.and(meter.tagKeys().get(i), tagValues.get(i));
        }
        @Nullable String unit = meter.baseUnit().orElse(null);
        return new Meter.Id(meter.meterName(), tags, unit, meter.description(), meter.type());
    }
}
