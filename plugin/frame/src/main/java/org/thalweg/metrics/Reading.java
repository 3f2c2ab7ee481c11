package org.thalweg.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One time series of a run: a meter and the values of its tags.
 *
 * @param meter which meter
 * @param tagValues one value a tag key, in the order of {@link MeterNames#tagKeys()}
 */
record Reading(MeterNames meter, List<String> tagValues) {

    Reading {
        tagValues = List.copyOf(tagValues);
        if (tagValues.size() != meter.tagKeys().size()) {
            throw new IllegalArgumentException(
                    meter + " has the tags " + meter.tagKeys() + ", got the values " + tagValues);
        }
    }

    static Reading of(MeterNames meter, String... tagValues) {
        return new Reading(meter, List.of(tagValues));
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
