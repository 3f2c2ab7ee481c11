package org.thalweg.objective.compiled;

import java.util.function.BiFunction;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.compiled.spi.EvaluationKind;

/**
 * How a probe is cut into batches, and what is kept between Hessian products.
 *
 * @param size examples per batch; the last one may be smaller
 * @param policy as much as fits the memory budget
 * @param bytes expected size of all buffers; 0 if they are only made to be measured
 */
record Batching(int size, CheckpointPolicy policy, long bytes) {

    /**
     * The largest batches within a memory budget, or the given ones if batches are part of the function. Batches shrink
     * before activations are recomputed for each product, but they do not shrink to keep windows.
     *
     * @param examples of the probe
     * @param plan makes a plan for the first n examples; memory is linear in n
     */
    static Batching within(
            ObjectiveOptions options,
            EvaluationKind kind,
            int examples,
            BiFunction<Integer, Batching, ExecutionPlan> plan) {
        int largest = Math.min(options.batchSize(), examples);
        long budget = options.memoryBudget();
        if (kind.hasProducts()) {
            long bytes = Footprint.of(CheckpointPolicy.WINDOWS, examples, plan).bytes(largest, examples);
            if (bytes <= budget) {
                return new Batching(largest, CheckpointPolicy.WINDOWS, bytes);
            }
        }
        Footprint footprint = Footprint.of(CheckpointPolicy.ACTIVATIONS, examples, plan);
        boolean fixed = options.mode() != ObjectiveMode.RUNNING;
        // Try several sizes: more batches keep more data whose size does not depend on theirs.
        for (int size = largest; size > 0; size = fixed || size == 1 ? 0 : (size + 1) / 2) {
            long bytes = footprint.bytes(size, examples);
            if (bytes <= budget) {
                return new Batching(size, CheckpointPolicy.ACTIVATIONS, bytes);
            }
        }
        int size = largest;
        while (!fixed && size > 1 && footprint.bytes(size, size) > budget) {
            size = (size + 1) / 2;
        }
        return new Batching(size, CheckpointPolicy.NOTHING, footprint.bytes(size, size));
    }

    /**
     * Bytes as a linear function of examples.
     *
     * @param shared bytes that do not depend on the number of examples
     * @param passing bytes an example of a batch
     * @param recording bytes of a batch whose values at the parameters are kept, independent of its size
     * @param kept bytes an example of such a batch
     * @param fixed bytes an example of the probe
     * @param examples of the probe
     */
    private record Footprint(long shared, long passing, long recording, long kept, long fixed, int examples) {

        static Footprint of(CheckpointPolicy policy, int examples, BiFunction<Integer, Batching, ExecutionPlan> plan) {
            try (ExecutionPlan one = plan.apply(1, new Batching(1, policy, 0));
                    ExecutionPlan two = plan.apply(Math.min(2, examples), new Batching(2, policy, 0))) {
                long passing = two.passingBytes() - one.passingBytes();
                long kept = two.keptBytes() - one.keptBytes();
                long fixed = two.fixedBytes() - one.fixedBytes();
                return new Footprint(
                        Math.max(0, one.passingBytes() - passing + one.fixedBytes() - fixed),
                        passing,
                        Math.max(0, one.keptBytes() - kept),
                        kept,
                        fixed,
                        examples);
            }
        }

        long bytes(int batch, int examplesKept) {
            int rest = examples % batch;
            // A last batch of less than half the size has buffers of its own, because the others' are too large for it.
            int passed = 2 * rest < batch ? batch + rest : batch;
            int recordings = (examplesKept + batch - 1) / batch;
            return shared + passing * passed + recording * recordings + kept * examplesKept + fixed * examples;
        }
    }
}
