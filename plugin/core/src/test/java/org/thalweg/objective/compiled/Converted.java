package org.thalweg.objective.compiled;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.Probe;

/** Probes as Deeplearning4j or another data type wants them. */
final class Converted {

    private Converted() {}

    static DataSet dataSet(Probe probe) {
        return new DataSet(
                probe.features().get(0),
                probe.labels().get(0),
                probe.featuresMasks().get(0),
                probe.labelsMasks().get(0));
    }

    static Probe probe(Probe probe, DataType type) {
        boolean masked = probe.labelsMasks().stream().anyMatch(mask -> mask != null);
        return Probe.of(new MultiDataSet(
                arrays(probe.features(), type),
                arrays(probe.labels(), type),
                probe.hasFeaturesMask() ? arrays(probe.featuresMasks(), type) : null,
                masked ? arrays(probe.labelsMasks(), type) : null));
    }

    /** The same with the masks of the features as they are: Deeplearning4j reduces those of type DOUBLE correctly alone. */
    static Probe withItsMasks(Probe probe, DataType type) {
        boolean masked = probe.labelsMasks().stream().anyMatch(mask -> mask != null);
        return Probe.of(new MultiDataSet(
                arrays(probe.features(), type),
                arrays(probe.labels(), type),
                probe.hasFeaturesMask() ? probe.featuresMasks().toArray(INDArray[]::new) : null,
                masked ? arrays(probe.labelsMasks(), type) : null));
    }

    private static @Nullable INDArray[] arrays(List<? extends @Nullable INDArray> arrays, DataType type) {
        return arrays.stream()
                .map(array -> array == null ? null : array.castTo(type))
                .toArray(INDArray[]::new);
    }
}
