package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Map;
import org.thalweg.objective.ParameterLayout;

/**
 * A network as steps in an order in which each reads only what is there.
 *
 * @param layout the network's arrays in the objective's packing
 * @param imageRows the weights whose rows multiply a flattened image, with the image's {@code [height, width,
 *     channels]}: the packing has their rows in the network's order, the kernels want them in the image's
 * @param inputs the probe's features
 * @param steps in order
 * @param outputs what the loss is made of
 * @param slots how many arrays there are
 */
public record Program(
        ParameterLayout layout,
        Map<String, long[]> imageRows,
        List<Value> inputs,
        List<ProgramStep> steps,
        List<ProgramOutput> outputs,
        int slots) {

    public Program {
        imageRows = Map.copyOf(imageRows);
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
    }

    /** The same function as other steps. */
    public Program withSteps(List<ProgramStep> other) {
        return new Program(layout, imageRows, inputs, other, outputs, slots);
    }

    /** For each slot, whether it is the same in every run: the probe, or made of it without parameters. */
    public boolean[] constantSlots() {
        boolean[] constant = new boolean[slots];
        inputs.forEach(input -> constant[input.slot()] = true);
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

    private boolean trainable(Operand operand) {
        return operand instanceof Operand.Parameter parameter
                && layout.trainable().stream().anyMatch(block -> block.key().equals(parameter.key()));
    }
}
