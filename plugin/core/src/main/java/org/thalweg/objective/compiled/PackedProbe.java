package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A probe as the kernels want it: images and sequences with their channels last, labels and masks as doubles.
 *
 * @param examples how many
 * @param first number of the first one in the probe
 * @param features one array per input
 * @param masks of the features, null where there is none
 * @param targets one per output
 */
record PackedProbe(
        int examples, int first, List<INDArray> features, List<@Nullable INDArray> masks, List<Targets> targets) {

    /** Shape of one example with its channels last, of a features array in the network's format; sequences are NCW. */
    static long[] exampleShape(long[] shape, CNN2DFormat format) {
        if (shape.length == 3) {
            return new long[] {shape[2], shape[1]};
        }
        return shape.length == 4 && format == CNN2DFormat.NCHW
                ? new long[] {shape[2], shape[3], shape[1]}
                : Arrays.copyOfRange(shape, 1, shape.length);
    }

    /**
     * The arrays of a probe.
     *
     * @throws IllegalArgumentException if they do not fit the program
     * @throws UnsupportedNetworkException if a mask of the labels has other values than 0 and 1, which Deeplearning4j multiplies
     *     into the logits, too
     */
    static PackedProbe of(Program program, Probe probe, CNN2DFormat format, DataType type) {
        requireCount("features", probe.features().size(), program.inputs().size());
        requireCount("labels", probe.labels().size(), program.outputs().size());
        probe.labelsMasks().forEach(PackedProbe::requireBinary);
        List<INDArray> features = new ArrayList<>();
        for (int i = 0; i < program.inputs().size(); i++) {
            features.add(features(probe.features().get(i), program.inputs().get(i), format, type));
        }
        List<@Nullable INDArray> masks = new ArrayList<>();
        for (int i = 0; i < program.inputs().size(); i++) {
            masks.add(mask(probe.featuresMasks().get(i), program.masks().get(i), type));
        }
        List<Targets> targets = program.outputs().stream()
                .map(output -> targets(
                        output,
                        probe.labels().get(output.labels()),
                        probe.labelsMasks().get(output.labels())))
                .toList();
        return new PackedProbe(probe.size(), probe.first(), features, Collections.unmodifiableList(masks), targets);
    }

    private static void requireBinary(@Nullable INDArray mask) {
        if (mask != null && mask.neq(0).castTo(mask.dataType()).neq(mask).any()) {
            throw new UnsupportedNetworkException(
                    "probe",
                    "has a mask of its labels with other values than 0 and 1, which Deeplearning4j multiplies into the"
                            + " logits, too");
        }
    }

    /** The same examples in another precision. */
    PackedProbe castTo(DataType type) {
        List<@Nullable INDArray> cast = new ArrayList<>();
        masks.forEach(mask -> cast.add(mask == null ? null : mask.castTo(type)));
        return new PackedProbe(
                examples,
                first,
                features.stream().map(array -> array.castTo(type)).toList(),
                Collections.unmodifiableList(cast),
                targets);
    }

    /** Some of the examples, in an order. */
    PackedProbe select(int[] chosen) {
        List<@Nullable INDArray> some = new ArrayList<>();
        masks.forEach(mask -> some.add(
                mask == null ? null : Nd4j.pullRows(rows(mask), 1, chosen).reshape('c', resized(mask, chosen.length))));
        return new PackedProbe(
                chosen.length,
                first,
                features.stream()
                        .map(array -> Nd4j.pullRows(rows(array), 1, chosen).reshape('c', resized(array, chosen.length)))
                        .toList(),
                Collections.unmodifiableList(some),
                targets.stream().map(target -> target.select(chosen)).toList());
    }

    /** The same examples, of which those outside of some count for nothing. */
    PackedProbe only(boolean[] counted) {
        return new PackedProbe(
                examples,
                first,
                features,
                masks,
                targets.stream().map(target -> target.only(counted)).toList());
    }

    private static INDArray rows(INDArray array) {
        return array.reshape('c', new long[] {array.size(0), array.length() / array.size(0)});
    }

    private static long[] resized(INDArray array, long examples) {
        long[] shape = array.shape().clone();
        shape[0] = examples;
        return shape;
    }

    private static @Nullable INDArray mask(@Nullable INDArray mask, @Nullable Value expected, DataType type) {
        if ((mask == null) != (expected == null)) {
            throw new IllegalArgumentException("probe has " + (mask == null ? "no mask" : "a mask")
                    + " of its features, the network was compiled for one that has "
                    + (mask == null ? "one" : "none"));
        }
        return mask == null ? null : mask.castTo(type).dup('c');
    }

    private static INDArray features(INDArray array, Value input, CNN2DFormat format, DataType type) {
        if (array.rank() != input.rank() + 1 || !Arrays.equals(exampleShape(array.shape(), format), input.shape())) {
            throw new IllegalArgumentException("probe has features of shape " + Arrays.toString(array.shape())
                    + ", the network was compiled for examples of shape " + input);
        }
        boolean planes = array.rank() == 4 && format == CNN2DFormat.NCHW;
        INDArray lastAxis = array.rank() == 3 ? array.permute(0, 2, 1) : array;
        return (planes ? array.permute(0, 2, 3, 1) : lastAxis).castTo(type).dup('c');
    }

    private static Targets targets(ProgramOutput output, INDArray labels, @Nullable INDArray mask) {
        int size = (int) output.value().length();
        if (labels.rank() != 2 || labels.size(1) != size) {
            throw new IllegalArgumentException("probe has labels of shape " + Arrays.toString(labels.shape())
                    + " for output " + output.layer() + ", expected [N, " + size + "]");
        }
        double[] masks = mask == null ? null : entries(output, mask, (int) labels.size(0), size);
        return new Targets(size, doubles(labels), masks, weights(output.weights(), masks, (int) labels.length()));
    }

    /** A mask of each entry. */
    private static double[] entries(ProgramOutput output, INDArray mask, int examples, int size) {
        double[] values = doubles(mask);
        double[] entries = new double[examples * size];
        if (values.length == entries.length && (output.entryMasks() || size == 1)) {
            return values;
        }
        if (values.length != examples) {
            throw new IllegalArgumentException("probe has a labels mask of shape " + Arrays.toString(mask.shape())
                    + " for output " + output.layer() + ", expected [N, 1]"
                    + (output.entryMasks() ? " or [N, " + size + "]" : ""));
        }
        Arrays.setAll(entries, i -> values[i / size]);
        return entries;
    }

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

    private static void requireCount(String what, int given, int expected) {
        if (given != expected) {
            throw new IllegalArgumentException(
                    "probe has " + given + " " + what + " arrays, the network needs " + expected);
        }
    }
}
