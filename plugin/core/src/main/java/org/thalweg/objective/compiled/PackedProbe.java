package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.LabelsInput;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A probe in the kernels' layout: images and sequences with channels last, labels and masks as doubles.
 *
 * @param examples their number
 * @param first index of the first one in the probe
 * @param features one array per input of the program
 * @param masks of the features, null for none
 * @param targets one per output
 */
record PackedProbe(
        int examples, int first, List<INDArray> features, List<@Nullable INDArray> masks, List<Targets> targets) {

    /**
     * The arrays of a probe.
     *
     * @throws IllegalArgumentException if they do not fit the program
     * @throws UnsupportedNetworkException if a mask of features has values other than 0 and 1, and a layer that reads
     *     it supports only those
     */
    static PackedProbe of(Program program, Probe probe, DataFormats formats, DataType type) {
        requireCount("features", probe.features().size(), program.features());
        int compared = (int) program.outputs().stream()
                .mapToInt(ProgramOutput::labels)
                .distinct()
                .count();
        requireCount("labels", probe.labels().size(), compared);
        probe.featuresMasks().forEach(mask -> requireCovered(program, mask));
        List<Targets> targets = program.outputs().stream()
                .map(output -> new PackedTargets(output, formats).of(probe))
                .toList();
        List<INDArray> features = new ArrayList<>();
        for (int i = 0; i < program.features(); i++) {
            features.add(features(probe.features().get(i), program.inputs().get(i), formats, type));
        }
        List<@Nullable INDArray> masks = new ArrayList<>();
        for (int i = 0; i < program.features(); i++) {
            masks.add(mask(probe.featuresMasks().get(i), program.masks().get(i), formats, type));
        }
        for (LabelsInput read : program.labelsInputs()) {
            features.add(
                    read.part() == LabelsInput.Part.MASK
                            ? labelsMask(program, targets, read.labels(), type)
                            : labels(
                                    probe.labels().get(read.labels()),
                                    program.inputs().get(features.size()),
                                    formats,
                                    type));
            masks.add(null);
        }
        return new PackedProbe(probe.size(), probe.first(), features, Collections.unmodifiableList(masks), targets);
    }

    private static INDArray labelsMask(Program program, List<Targets> targets, int labels, DataType type) {
        for (int i = 0; i < targets.size(); i++) {
            Targets target = targets.get(i);
            if (program.outputs().get(i).labels() == labels && target.mask() != null) {
                return Nd4j.createFromArray(target.mask()).castTo(type).reshape('c', target.batch());
            }
        }
        throw new IllegalStateException("no output is compared with labels " + labels + " that have a mask");
    }

    private static INDArray labels(INDArray array, Value input, DataFormats formats, DataType type) {
        if (!Arrays.equals(formats.exampleShape(array.shape()), input.shape())) {
            throw new IllegalArgumentException("probe has labels of shape " + Arrays.toString(array.shape())
                    + ", expected " + input + " per example with the channels last");
        }
        return formats.channelsLast(array).castTo(type).dup('c');
    }

    /** Indices of the labels whose masks have values other than 0 and 1, or one for each entry. */
    static Set<Integer> fractionalMasks(Probe probe) {
        List<@Nullable INDArray> masks = probe.labelsMasks();
        return IntStream.range(0, masks.size())
                .filter(i -> fractional(masks.get(i))
                        || ofEntries(masks.get(i), probe.labels().get(i)))
                .boxed()
                .collect(Collectors.toSet());
    }

    /** A softmax of logits sees that DL4J has masked some of a row. */
    private static boolean ofEntries(@Nullable INDArray mask, INDArray labels) {
        return mask != null && Arrays.equals(mask.shape(), labels.shape());
    }

    static boolean fractional(@Nullable INDArray mask) {
        return mask != null && mask.neq(0).castTo(mask.dataType()).neq(mask).any();
    }

    /** A mask of features, checked against what the program supports. */
    private static void requireCovered(Program program, @Nullable INDArray mask) {
        UnsupportedNetworkException onlyBinary = program.onlyBinaryMasks();
        if (onlyBinary != null && fractional(mask)) {
            throw onlyBinary;
        }
        UnsupportedNetworkException onlyDouble = program.onlyDoubleMasks();
        if (onlyDouble != null && mask != null && mask.dataType() != DataType.DOUBLE) {
            throw onlyDouble;
        }
    }

    /** Whether a program is for probes of these shapes. */
    static boolean fits(Program program, Probe probe, DataFormats formats) {
        boolean fits = probe.features().size() == program.features()
                && fractionalMasks(probe).equals(program.fractionalMasks());
        for (int i = 0; fits && i < program.features(); i++) {
            INDArray features = probe.features().get(i);
            INDArray mask = probe.featuresMasks().get(i);
            Value expected = program.masks().get(i);
            fits = Arrays.equals(
                            formats.exampleShape(features.shape()),
                            program.inputs().get(i).shape())
                    && (mask == null) == (expected == null)
                    && (mask == null
                            || expected == null
                            || Arrays.equals(formats.exampleShape(mask.shape()), expected.shape()));
        }
        return fits;
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

    /** The same examples, with zero weight outside the given ones. */
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

    private static @Nullable INDArray mask(
            @Nullable INDArray mask, @Nullable Value expected, DataFormats formats, DataType type) {
        if ((mask == null) != (expected == null)) {
            throw new IllegalArgumentException("probe has " + (mask == null ? "no mask" : "a mask")
                    + " of its features, the network was compiled for one that has "
                    + (mask == null ? "one" : "none"));
        }
        return mask == null ? null : formats.channelsLast(mask).castTo(type).dup('c');
    }

    private static INDArray features(INDArray array, Value input, DataFormats formats, DataType type) {
        if (!Arrays.equals(formats.exampleShape(array.shape()), input.shape())) {
            throw new IllegalArgumentException("probe has features of shape " + Arrays.toString(array.shape())
                    + ", the network was compiled for examples of shape " + input);
        }
        return formats.channelsLast(array).castTo(type).dup('c');
    }

    private static void requireCount(String what, int given, int expected) {
        if (given != expected) {
            throw new IllegalArgumentException(
                    "probe has " + given + " " + what + " arrays, the network needs " + expected);
        }
    }
}
