package org.thalweg.objective.compiled.internal.program;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A value that is compared with labels.
 *
 * @param layer name of the output layer
 * @param labels number of the probe's labels array
 * @param value what is compared
 * @param loss how
 * @param accuracy which predictions are correct
 * @param weights the loss's own weights, one per channel; null for ones
 * @param entryMasks whether a mask may differ between the channels of a row
 * @param form what the labels are
 * @param maskOfInput number of the network's input whose mask counts where the labels have none, -1 for none
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
