package org.thalweg.objective.compiled;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramStep;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.ViewKernel;

/** Records the backward passes of one batch: gradients, or their derivatives along a direction. */
final class BackwardRecorder {

    private final Program program;
    private final PlanResources resources;
    private final BatchTensors tensors;
    private final List<StepContext> contexts;

    BackwardRecorder(Program program, PlanResources resources, BatchTensors tensors, List<StepContext> contexts) {
        this.program = program;
        this.resources = resources;
        this.tensors = tensors;
        this.contexts = contexts;
    }

    /**
     * Records a backward pass: the outputs' own gradients, then the kernels' from the last to the first.
     *
     * @param keeping memory of what kernels keep
     * @param gradients where gradients of values go
     * @param role of the vector that gradients of parameters go to
     * @param seed records the gradient of an output
     * @param method of kernels
     */
    void record(
            Tape tape,
            Arena keeping,
            ValueTensors gradients,
            Role role,
            BiConsumer<Integer, Tensor> seed,
            BiConsumer<Kernel, KernelContext> method) {
        GradientSums sums = new GradientSums(program, resources.parameters(), role, tape, resources.passing());
        for (int i = 0; i < program.outputs().size(); i++) {
            Value output = program.outputs().get(i).value();
            if (tensors.active(output)) {
                Accumulation target = new Accumulation(gradients, output);
                seed.accept(i, target.tensor);
                target.finish(tape);
            }
        }
        for (int i = contexts.size() - 1; i >= 0; i--) {
            StepContext context = contexts.get(i);
            ProgramStep step = context.step();
            if (!tensors.active(step.output()) || !gradients.has(step.output())) {
                continue;
            }
            if (step.kernel() instanceof ViewKernel view) {
                recordView(tape, gradients, view, step);
            } else {
                List<Accumulation> targets = step.inputs().stream()
                        .map(input -> tensors.active(input)
                                ? new Accumulation(gradients, input)
                                : new Accumulation(resources.zeros(1)))
                        .toList();
                context.gradients(targets.stream().map(target -> target.tensor).toList(), sums);
                context.on(tape, keeping);
                method.accept(step.kernel(), context);
                context.endMethod();
                targets.forEach(target -> target.finish(tape));
            }
            releaseBehind(context, gradients);
        }
    }

    /** The gradient of a view is added to the whole's, which starts as zero. */
    private static void recordView(Tape tape, ValueTensors gradients, ViewKernel view, ProgramStep step) {
        Value input = step.inputs().get(0);
        Tensor gradient = gradients.get(step.output());
        if (gradients.has(input)) {
            Tensor part = view.view(gradients.get(input));
            tape.add(part, gradient, part);
        } else {
            Tensor whole = gradients.make(input);
            tape.fill(0, whole);
            tape.copy(gradient, view.view(whole));
        }
    }

    /** No earlier step reads a step's output. */
    private void releaseBehind(StepContext context, ValueTensors gradients) {
        Value output = context.step().output();
        boolean inProducts = gradients == tensors.deltas() && tensors.kind().hasProducts();
        if (!inProducts || !context.step().kernel().keepsOutputDelta()) {
            gradients.release(output.slot());
        }
        if (!inProducts) {
            context.releaseKept();
        }
        if (tensors.kind() == EvaluationKind.GRADIENT) {
            tensors.values().release(output.slot());
        }
        if (gradients == tensors.deltaTangents()) {
            tensors.tangents().release(output.slot());
        }
    }

    /** Where one reader of a value writes its gradient: directly, or to a scratch tensor that is added later. */
    private final class Accumulation {

        private final Tensor tensor;
        private final @Nullable Tensor sum;

        Accumulation(ValueTensors gradients, Value value) {
            if (gradients.has(value)) {
                sum = gradients.get(value);
                tensor = resources.passing().take(value.batch(tensors.examples()));
            } else {
                sum = null;
                tensor = gradients.make(value);
            }
        }

        Accumulation(Tensor placeholder) {
            tensor = placeholder;
            sum = null;
        }

        void finish(Tape tape) {
            if (sum != null) {
                tape.add(sum, tensor, sum);
                resources.passing().giveBack(tensor);
            }
        }
    }
}
