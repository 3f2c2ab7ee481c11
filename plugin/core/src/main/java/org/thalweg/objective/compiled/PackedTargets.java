package org.thalweg.objective.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.LabelForm;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;

/**
 * Makes {@link Targets} of the labels of a probe and their masks.
 *
 * @param output that is compared
 * @param formats of the probe's arrays
 */
record PackedTargets(ProgramOutput output, DataFormats formats) {

    Targets of(Probe probe) {
        INDArray labels = probe.labels().get(output.labels());
        long[] shape = output.value().shape();
        if (output.form() == LabelForm.OPERAND) {
            double[] ones =
                    new double[Math.toIntExact(labels.size(0) * output.value().length())];
            Arrays.fill(ones, 1);
            return new Targets(shape, ones, null, null);
        }
        if (output.form() == LabelForm.CLASS_NUMBERS) {
            labels = ones(labels, (int) output.value().channels());
        }
        if (!Arrays.equals(formats.exampleShape(labels.shape()), shape)) {
            throw new IllegalArgumentException("probe has labels of shape " + Arrays.toString(labels.shape())
                    + " for output " + output.layer() + ", expected " + Arrays.toString(shape)
                    + " per example with the channels last");
        }
        INDArray mask = mask(probe);
        double[] masks = mask == null ? null : entries(mask, labels);
        double @Nullable [] counted = masks == null
                ? null
                : Arrays.stream(masks).map(output.loss()::weight).toArray();
        double @Nullable [] weights = weights(output.weights(), counted, (int) labels.length());
        return new Targets(shape, doubles(formats.channelsLast(labels)), masks, weights);
    }

    /** Class indices as one-hot labels, with channels on the network's axis. */
    private INDArray ones(INDArray numbers, int classes) {
        INDArray last = formats.channelsLast(numbers);
        if (last.size(last.rank() - 1) != 1) {
            throw new IllegalArgumentException("probe has labels of shape " + Arrays.toString(numbers.shape())
                    + " for output " + output.layer() + ", expected the number of a class in one channel");
        }
        double[] values = doubles(last);
        double[] ones = new double[values.length * classes];
        for (int row = 0; row < values.length; row++) {
            if (values[row] != Math.rint(values[row]) || values[row] < 0 || values[row] >= classes) {
                throw new IllegalArgumentException(
                        "probe has the class " + values[row] + " among its labels for output " + output.layer()
                                + ", expected whole numbers from 0 to " + (classes - 1));
            }
            ones[row * classes + (int) values[row]] = 1;
        }
        long[] shape = last.shape().clone();
        shape[shape.length - 1] = classes;
        return formats.asNetwork(Nd4j.createFromArray(ones).reshape('c', shape));
    }

    /** The mask of the labels, or else the mask of the input that replaces it. */
    private @Nullable INDArray mask(Probe probe) {
        INDArray mask = probe.labelsMasks().get(output.labels());
        if (mask != null || output.maskOfInput() < 0) {
            return mask;
        }
        INDArray instead = probe.featuresMasks().get(output.maskOfInput());
        if (PackedProbe.fractional(instead)) {
            throw new UnsupportedNetworkException(
                    output.layer(),
                    "has no mask of its labels, and a mask of features with other values than 0 and 1 in its place,"
                            + " not covered");
        }
        return instead;
    }

    /** A mask for each entry: if the mask has no channels or one, an entry takes its row's. */
    private double[] entries(INDArray mask, INDArray labels) {
        long[] shape = formats.channelsLast(labels).shape();
        INDArray rows = mask.rank() == labels.rank()
                ? formats.channelsLast(mask)
                : mask.dup('c').reshape('c', withChannel(mask.shape()));
        long channels = rows.size(rows.rank() - 1);
        boolean fits = rows.rank() == shape.length && (channels == 1 || output.entryMasks());
        for (int axis = 0; fits && axis < shape.length; axis++) {
            fits = rows.size(axis) == shape[axis] || (axis > 0 && rows.size(axis) == 1);
        }
        if (!fits) {
            throw new IllegalArgumentException("probe has a labels mask of shape " + Arrays.toString(mask.shape())
                    + " for labels of shape " + Arrays.toString(labels.shape()) + " of output " + output.layer()
                    + ", expected one without channels, or with 1"
                    + (output.entryMasks() ? ", or of the same shape" : ""));
        }
        return doubles(rows.broadcast(shape));
    }

    private static long[] withChannel(long[] shape) {
        long[] longer = Arrays.copyOf(shape, shape.length + 1);
        longer[shape.length] = 1;
        return longer;
    }

    /** The loss's own weights belong to channels. */
    private static double @Nullable [] weights(double @Nullable [] own, double @Nullable [] mask, int length) {
        if (own == null) {
            return mask;
        }
        double[] weights = new double[length];
        Arrays.setAll(weights, i -> own[i % own.length] * (mask == null ? 1 : mask[i]));
        return weights;
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
