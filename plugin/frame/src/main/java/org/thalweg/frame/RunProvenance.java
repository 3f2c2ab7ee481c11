package org.thalweg.frame;

import java.util.List;
import java.util.Map;

/**
 * Everything needed to say what a run's frames mean and to compute them again. Immutable.
 *
 * @param run name of the run, the {@code run} tag of its meters
 * @param versions versions by name: {@code thalweg}, {@code dl4j}, {@code backend}, {@code java}
 * @param device what the backend runs on, in words
 * @param objective name of the objective and how its Hessian products are formed
 * @param modelConfiguration the network's configuration as DL4J's JSON
 * @param parameters the network's arrays
 * @param dataType {@code FLOAT} or {@code DOUBLE}
 * @param options options by name: schedule, grid, range, normalization, seed, mode, eigenvalues, ...; values are
 *     strings, numbers, booleans or lists of them
 * @param probe the probe's arrays by dataset name ({@code features}, {@code labels}, {@code features_mask}, ...,
 *     {@code validation_features}, ...), for {@code probe.h5}
 * @param probeSource where the probe comes from
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
        public Parameter {
            shape = shape.clone();
        }

        @Override
        public long[] shape() {
            return shape.clone();
        }
    }

    public RunProvenance {
        versions = Map.copyOf(versions);
        parameters = List.copyOf(parameters);
        options = Map.copyOf(options);
        probe = List.copyOf(probe);
    }

    /** All but the probe's arrays, which may be large. */
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
                List.of(),
                probeSource);
    }
}
