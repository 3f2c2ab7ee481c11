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
 * A network as steps in an order in which each reads only what is there.
 *
 * @param layout the network's arrays in the objective's packing
 * @param imageRows the weights whose rows multiply a flattened image, with the image's {@code [height, width,
 *     channels]}: the packing has their rows in the network's order, the kernels want them in the image's
 * @param inputs the probe's features, and behind them what steps read of the labels
 * @param masks masks of the features, one per input, null where there is none
 * @param labelsInputs what steps read of the labels, in the order of the inputs
 * @param fractionalMasks numbers of all labels whose masks have other values than 0 and 1
 * @param onlyBinaryMasks what to say of features with a mask of other values than 0 and 1; null where it is covered
 * @param steps in order
 * @param outputs what the loss is made of
 * @param slots how many tensors there are
 */
public record Program(
        ParameterLayout layout,
        Map<String, long[]> imageRows,
        List<Value> inputs,
        List<@Nullable Value> masks,
        List<LabelsInput> labelsInputs,
        Set<Integer> fractionalMasks,
        @Nullable UnsupportedNetworkException onlyBinaryMasks,
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
                other,
                outputs,
                slots);
    }

    /** How many of the inputs are the probe's features. */
    public int features() {
        return inputs.size() - labelsInputs.size();
    }

    /** For each slot, whether it is the same in every run: the probe, or made of it without parameters. */
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

    /** For each slot, the slot whose memory it is a view of: itself, if it is none. */
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
     * For each root slot, the number of the last step that reads it or a view of it; the number of steps for an output, -1
     * for one that nothing reads.
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

    /** For each array that is a parameter of the objective, what steps read of it, once for each that does. */
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

    /** The key of an operand that is an array of the network's, or a part of one. */
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
