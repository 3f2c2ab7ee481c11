package org.thalweg.cuda;

import java.util.List;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.HostRoutines;
import org.thalweg.objective.compiled.spi.HostRoutine;
import org.thalweg.objective.compiled.spi.Instruction;

/**
 * A routine on the host: its inputs are downloaded and its outputs uploaded.
 *
 * @param executor of the tensors
 */
record HostCall(Executor executor, Instruction instruction, HostRoutine routine) implements TapePart {

    HostCall(Executor executor, Instruction instruction) {
        this(executor, instruction, HostRoutines.named(instruction.host()));
    }

    @Override
    public void run() {
        List<double[]> inputs =
                instruction.inputs().stream().map(executor::download).toList();
        List<double[]> outputs = instruction.outputs().stream()
                .map(output -> new double[Math.toIntExact(output.length())])
                .toList();
        routine.run(inputs, outputs, instruction.reals(), instruction.integers());
        for (int i = 0; i < outputs.size(); i++) {
            executor.upload(outputs.get(i), instruction.output(i));
        }
    }

    @Override
    public void close() {}
}
