package org.thalweg.objective.compiled.internal.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.ViewKernel;

/**
 * A network as steps, ordered so that each reads only what earlier ones have written.
 *
 * @param layout the network's arrays in the objective's packing
 * @param imageRows the weights whose rows multiply a flattened image, with the image's
 *     {@code [height, width, channels]}: packed vectors have their rows in the network's order, kernels in the image's
 * @param inputs the probe's features, followed by the labels that steps read
 * @param masks masks of the features, one per input, null for none
 * @param labelsInputs the labels that steps read, in the order of the inputs
 * @param fractionalMasks indices of all labels whose masks have values other than 0 and 1, or one for each entry
 * @param onlyBinaryMasks error message for features with a mask of values other than 0 and 1; null if such masks are
 *     covered
 * @param onlyDoubleMasks error message for features with a mask of another type than DOUBLE; null if such are covered
 * @param steps in order
 * @param outputs the values that the loss compares with labels
 * @param slots the number of tensors
 */
public record Program(
        ParameterLayout layout,
        Map<String, long[]> imageRows,
        List<Value> inputs,
        List<@Nullable Value> masks,
        List<LabelsInput> labelsInputs,
        Set<Integer> fractionalMasks,
        @Nullable UnsupportedNetworkException onlyBinaryMasks,
        @Nullable UnsupportedNetworkException onlyDoubleMasks,
        List<ProgramStep> steps,
        List<ProgramOutput> outputs,
        int slots) {

    public Program {
        imageRows = Map.copyOf(imageRows);
        inputs = List.copyOf(inputs);
        masks = Collections.unmodifiableList(new ArrayList<>(masks));
        labelsInputs = List.copyOf(labelsInputs);
        fractionalMasks = Set.copyOf(fractionalMasks);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
    }

    /** The same function as other steps. */
    public Program withSteps(List<ProgramStep> other) {
        return new Program(
                layout,
                imageRows,
                inputs,
                masks,
                labelsInputs,
                fractionalMasks,
                onlyBinaryMasks,
                onlyDoubleMasks,
                other,
                outputs,
                slots);
    }

    /** The number of inputs that are the probe's features. */
    public int features() {
        return inputs.size() - labelsInputs.size();
    }

    /** For each slot, whether it is the same in every run: the probe, or computed from it without parameters. */
    public boolean[] constantSlots() {
        boolean[] constant = new boolean[slots];
        inputs.forEach(input -> constant[input.slot()] = true);
        masks.stream().filter(mask -> mask != null).forEach(mask -> constant[mask.slot()] = true);
        for (ProgramStep step : steps) {
            constant[step.output().slot()] =
                    step.operands().isEmpty() && step.inputs().stream().allMatch(input -> constant[input.slot()]);
        }
        return constant;
    }

    /** For each slot, whether it depends on a parameter of the objective. */
    public boolean[] activeSlots() {
        boolean[] active = new boolean[slots];
        for (ProgramStep step : steps) {
            active[step.output().slot()] = step.operands().values().stream().anyMatch(this::trainable)
                    || step.inputs().stream().anyMatch(input -> active[input.slot()]);
        }
        return active;
    }

    /** For each slot, the slot whose memory it views; itself if it is not a view. */
    public int[] rootSlots() {
        int[] roots = IntStream.range(0, slots).toArray();
        for (ProgramStep step : steps) {
            if (step.kernel() instanceof ViewKernel) {
                roots[step.output().slot()] = roots[step.inputs().get(0).slot()];
            }
        }
        return roots;
    }

    /**
     * For each root slot, the index of the last step that reads it or a view of it; the number of steps for an output,
     * -1 if nothing reads it.
     */
    public int[] lastReaders() {
        int[] roots = rootSlots();
        int[] last = new int[slots];
        Arrays.fill(last, -1);
        for (int i = 0; i < steps.size(); i++) {
            for (Value input : steps.get(i).inputs()) {
                last[roots[input.slot()]] = i;
            }
        }
        outputs.forEach(output -> last[roots[output.value().slot()]] = steps.size());
        return last;
    }

    /** For each array that is a parameter of the objective, the operands that steps read from it, one per reader. */
    public Map<String, List<Operand>> readers() {
        Map<String, List<Operand>> readers = new HashMap<>();
        for (ProgramStep step : steps) {
            for (Operand operand : step.operands().values()) {
                if (trainable(operand)) {
                    readers.merge(key(operand), List.of(operand), Program::joined);
                }
            }
        }
        return readers;
    }

    /** The key of an operand that is one of the network's arrays, or part of one. */
    public static String key(Operand operand) {
        if (operand instanceof Operand.Parameter parameter) {
            return parameter.key();
        }
        return operand instanceof Operand.View view ? view.key() : "";
    }

    private boolean trainable(Operand operand) {
        String key = key(operand);
        return layout.trainable().stream().anyMatch(block -> block.key().equals(key));
    }

    private static List<Operand> joined(List<Operand> some, List<Operand> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
