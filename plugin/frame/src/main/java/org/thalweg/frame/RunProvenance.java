package org.thalweg.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Everything needed to interpret a run's frames and to compute them again. Immutable.
 *
 * @param run name of the run, the {@code run} tag of its meters
 * @param versions versions by name: {@code thalweg}, {@code dl4j}, {@code backend}, {@code java}
 * @param device description of the backend's device
 * @param objective name of the objective and how its Hessian products are formed
 * @param modelConfiguration the network's configuration as DL4J's JSON
 * @param parameters the network's arrays
 * @param dataType {@code FLOAT} or {@code DOUBLE}
 * @param options a summary for people and scripts, by name: schedule, grid, range, normalization, seed, mode,
 *     eigenvalues, ...; values are strings, numbers, booleans or lists of them
 * @param settings every option, for comparing runs; values are strings, numbers, booleans, and lists and maps of
 *     values. Empty in runs that were recorded before 0.2.0; their {@code options} are compared instead.
 * @param probe the probe's arrays by dataset name ({@code features}, {@code labels}, {@code features_mask}, ...,
 *     {@code validation_features}, ...), for {@code probe.h5}
 * @param probeSource source of the probe
 * @since 0.2.0
 */
public record RunProvenance(
        String run,
        Map<String, String> versions,
        String device,
        String objective,
        String modelConfiguration,
        List<Parameter> parameters,
        String dataType,
        Map<String, Object> options,
        Map<String, Object> settings,
        List<NamedArray> probe,
        String probeSource) {

    /**
     * One array of the network.
     *
     * @param key DL4J's name, {@code 0_W}
     * @param kind {@code weight}, {@code bias}, {@code norm} or {@code statistic}
     * @param shape the network's shape
     * @param trainable whether the objective depends on it
     */
    public record Parameter(String key, String kind, long[] shape, boolean trainable) {
        /** @throws IllegalArgumentException if no array can have this shape, naming the key */
        public Parameter {
            shape = shape.clone();
            if (ArrayShape.elements(shape).isEmpty()) {
                throw new IllegalArgumentException(
                        "parameter " + key + " must have a shape of sizes that are not negative and"
                                + " whose product is below 2^63, got " + Arrays.toString(shape));
            }
        }

        /** Number of elements. */
        public long elements() {
            return ArrayShape.elements(shape).orElseThrow();
        }

        @Override
        public long[] shape() {
            return shape.clone();
        }
    }

    /** @throws IllegalArgumentException if all parameters together have 2^63 elements or more */
    public RunProvenance {
        versions = Map.copyOf(versions);
        parameters = List.copyOf(parameters);
        options = Map.copyOf(options);
        settings = Map.copyOf(settings);
        probe = List.copyOf(probe);
        if (parameters.stream().mapToDouble(Parameter::elements).sum() >= 0x1p63) {
            throw new IllegalArgumentException("the parameters of run " + run
                    + " must have fewer than 2^63 elements, in " + parameters.size() + " arrays");
        }
    }

    /** A provenance whose options are all in the summary. */
    public RunProvenance(
            String run,
            Map<String, String> versions,
            String device,
            String objective,
            String modelConfiguration,
            List<Parameter> parameters,
            String dataType,
            Map<String, Object> options,
            List<NamedArray> probe,
            String probeSource) {
        this(
                run,
                versions,
                device,
                objective,
                modelConfiguration,
                parameters,
                dataType,
                options,
                Map.of(),
                probe,
                probeSource);
    }

    /** The same without the probe's arrays, which may be large. */
    public RunProvenance withoutProbe() {
        return new RunProvenance(
                run,
                versions,
                device,
                objective,
                modelConfiguration,
                parameters,
                dataType,
                options,
                settings,
                List.of(),
                probeSource);
    }
}
