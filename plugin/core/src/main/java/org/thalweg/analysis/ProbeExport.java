package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.Probe;

/**
 * Converts probes to the plain arrays of {@code probe.h5}.
 *
 * @since 0.2.0
 */
public final class ProbeExport {

    private ProbeExport() {}

    /**
     * The arrays of a probe: {@code features}, {@code labels}, {@code features_mask}, {@code labels_mask}, with
     * {@code _1}, {@code _2}, ... for further inputs and outputs.
     *
     * @param prefix before all names, {@code validation_} for a second probe
     * @param type the type of the arrays, which is the objective's
     */
    public static List<NamedArray> of(String prefix, Probe probe, DataType type) {
        List<NamedArray> arrays = new ArrayList<>();
        add(arrays, prefix + "features", probe.features(), type);
        add(arrays, prefix + "labels", probe.labels(), type);
        add(arrays, prefix + "features_mask", probe.featuresMasks(), type);
        add(arrays, prefix + "labels_mask", probe.labelsMasks(), type);
        return arrays;
    }

    private static void add(List<NamedArray> arrays, String name, List<@Nullable INDArray> values, DataType type) {
        for (int i = 0; i < values.size(); i++) {
            INDArray value = values.get(i);
            if (value != null) {
                arrays.add(ParameterArrays.of(i == 0 ? name : name + "_" + i, value.castTo(type)));
            }
        }
    }
}
