package org.thalweg.objective.compiled.internal.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.objective.compiled.internal.kernel.FoldedBatchNorm;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.RunningBatchNorm;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Rewrites programs into cheaper ones for the same function. */
public final class GraphPasses {

    private GraphPasses() {}

    /**
     * Takes the maximum of a window before an activation that commutes with it, so that the activation sees fewer
     * elements. Value and derivatives stay the same: see
     * {@link org.thalweg.objective.compiled.spi.ElementwiseFunction#commutesWithMaximum}.
     */
    public static Program poolBeforeActivation(Program program) {
        List<ProgramStep> steps = new ArrayList<>(program.steps());
        for (int i = 0; i + 1 < steps.size(); i++) {
            ProgramStep activation = steps.get(i);
            ProgramStep pool = steps.get(i + 1);
            if (activation.kernel() instanceof ElementwiseKernel elementwise
                    && elementwise.function().commutesWithMaximum()
                    && pool.kernel() instanceof MaxPool
                    && onlyReader(program, activation, pool)) {
                Value pooled = pool.output().in(activation.output().slot());
                steps.set(i, new ProgramStep(pool.layer(), pool.kernel(), activation.inputs(), pooled, Map.of()));
                steps.set(
                        i + 1,
                        new ProgramStep(activation.layer(), elementwise, List.of(pooled), pool.output(), Map.of()));
            }
        }
        return program.withSteps(steps);
    }

    /** Folds normalizations by running statistics into the weights before them. */
    public static Program foldNorms(Program program) {
        List<ProgramStep> steps = new ArrayList<>();
        for (ProgramStep step : program.steps()) {
            ProgramStep before = steps.isEmpty() ? step : steps.get(steps.size() - 1);
            if (step.kernel() instanceof RunningBatchNorm
                    && before.kernel() instanceof AffineKernel affine
                    && onlyReader(program, before, step)) {
                Map<String, Operand> operands = new HashMap<>(before.operands());
                operands.putAll(step.operands());
                steps.set(
                        steps.size() - 1,
                        new ProgramStep(
                                before.layer(), new FoldedBatchNorm(affine), before.inputs(), step.output(), operands));
            } else {
                steps.add(step);
            }
        }
        return program.withSteps(steps);
    }

    private static boolean onlyReader(Program program, ProgramStep writer, ProgramStep reader) {
        int slot = writer.output().slot();
        return reader.reads(slot)
                && Arrays.equals(reader.inputs().get(0).shape(), writer.output().shape())
                && program.steps().stream().filter(step -> step.reads(slot)).count() == 1
                && program.outputs().stream().noneMatch(output -> output.value().slot() == slot);
    }
}
