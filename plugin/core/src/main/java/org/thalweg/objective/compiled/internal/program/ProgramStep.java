package org.thalweg.objective.compiled.internal.program;

import java.util.List;
import java.util.Map;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/**
 * One kernel applied to values.
 *
 * @param layer name of the layer it comes from
 * @param kernel computes the output
 * @param inputs read
 * @param output written
 * @param operands the kernel's parameter arrays by the kernel's names
 */
public record ProgramStep(
        String layer, Kernel kernel, List<Value> inputs, Value output, Map<String, Operand> operands) {

    public ProgramStep {
        inputs = List.copyOf(inputs);
        operands = Map.copyOf(operands);
    }

    public boolean reads(int slot) {
        return inputs.stream().anyMatch(input -> input.slot() == slot);
    }
}
