package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramStep;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The gradients of parameter arrays in one backward pass, each the sum over the steps that read the array. The first
 * reader overwrites and later ones add, so an array with one reader costs nothing. An array that is read in different
 * parts, or twice by one step, starts as zero, and all its readers add.
 */
final class GradientSums {

    private final ParameterStore parameters;
    private final Role role;
    private final Tape tape;
    private final Arena memory;
    private final Set<String> written = new HashSet<>();
    private final Map<String, GradientTarget> targets = new HashMap<>();
    private final Map<String, Tensor> shares = new HashMap<>();
    private final List<Runnable> additions = new ArrayList<>();

    /**
     * @param role of the vector that is written
     * @param tape where the pass is recorded
     * @param memory for the shares of later readers
     */
    GradientSums(Program program, ParameterStore parameters, Role role, Tape tape, Arena memory) {
        this.parameters = parameters;
        this.role = role;
        this.tape = tape;
        this.memory = memory;
        Set<String> readTwice = readTwiceByOneStep(program);
        program.readers().forEach((key, readers) -> {
            if (new HashSet<>(readers).size() > 1 || readTwice.contains(key)) {
                tape.fill(0, parameters.array(key, role));
                written.add(key);
            }
        });
    }

    private static Set<String> readTwiceByOneStep(Program program) {
        Set<String> twice = new HashSet<>();
        for (ProgramStep step : program.steps()) {
            Set<String> once = new HashSet<>();
            for (Operand operand : step.operands().values()) {
                if (!once.add(Program.key(operand))) {
                    twice.add(Program.key(operand));
                }
            }
        }
        return twice;
    }

    /**
     * The target of an operand's gradient.
     *
     * @param name of the operand at its step, the same in all calls until {@link #endStep}
     */
    GradientTarget target(String name, Operand operand) {
        return targets.computeIfAbsent(name, key -> {
            boolean first = written.add(Program.key(operand));
            return new GradientTarget(parameters.parameter(operand, role), !first);
        });
    }

    /** A tensor that a step overwrites with its share of an operand's gradient. */
    Tensor share(String name, Operand operand) {
        return shares.computeIfAbsent(name, key -> {
            GradientTarget target = target(name, operand);
            if (!target.add()) {
                return target.tensor();
            }
            Tensor share = memory.take(target.tensor().shape());
            additions.add(() -> {
                target.put(tape, share);
                memory.giveBack(share);
            });
            return share;
        });
    }

    /** Records the remaining additions of a step's shares. */
    void endStep() {
        additions.forEach(Runnable::run);
        additions.clear();
        targets.clear();
        shares.clear();
    }
}
