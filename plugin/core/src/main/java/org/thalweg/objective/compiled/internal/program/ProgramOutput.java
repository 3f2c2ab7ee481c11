package org.thalweg.objective.compiled.internal.program;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A value that is compared with labels.
 *
 * @param layer name of the output layer
 * @param labels index of the probe's labels array
 * @param value compared with the labels
 * @param loss the comparison
 * @param accuracy decides which predictions are correct
 * @param weights the loss's own weights, one per channel; null for ones
 * @param entryMasks whether a mask may differ between the channels of a row
 * @param form the form of the labels
 * @param maskOfInput index of the network's input whose mask applies if the labels have none, -1 for none
 */
public record ProgramOutput(
        String layer,
        int labels,
        Value value,
        OutputLoss loss,
        AccuracyMetric accuracy,
        double @Nullable [] weights,
        boolean entryMasks,
        LabelForm form,
        int maskOfInput) {}
