package org.thalweg.objective.compiled;

import java.util.function.BiFunction;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;

/**
 * How a probe is cut into batches.
 *
 * @param size examples a batch; the last one may be smaller
 * @param recompute whether Hessian products compute again what depends on the parameters alone, because all of it at
 *     once would not fit the memory budget
 */
record Batching(int size, boolean recompute) {

    /**
     * The largest batches within a memory budget; where batches are part of the function, these.
     *
     * @param examples of the probe
     * @param plan makes a plan for the first so many examples; memory is linear in their number
     */
    static Batching within(ObjectiveOptions options, int examples, BiFunction<Integer, Batching, Plan> plan) {
        int largest = Math.min(options.batchSize(), examples);
        Footprint footprint = Footprint.of(examples, plan);
        long budget = options.memoryBudget();
        if (options.mode() != ObjectiveMode.RUNNING) {
            return new Batching(largest, footprint.bytes(largest, examples) > budget);
        }
        boolean recompute = footprint.bytes(1, examples) > budget;
        int size = largest;
        while (size > 1 && footprint.bytes(size, recompute ? size : examples) > budget) {
            size = (size + 1) / 2;
        }
        return new Batching(size, recompute);
    }

    /**
     * Bytes as a linear function of examples.
     *
     * @param base whatever their number
     * @param passing an example of a batch
     * @param kept an example of which everything at the parameters is kept
     * @param fixed an example of the probe
     * @param examples of the probe
     */
    private record Footprint(long base, long passing, long kept, long fixed, int examples) {

        static Footprint of(int examples, BiFunction<Integer, Batching, Plan> plan) {
            try (Plan one = plan.apply(1, new Batching(1, false));
                    Plan two = plan.apply(Math.min(2, examples), new Batching(2, false))) {
                long both = two.bytes() - one.bytes();
                return new Footprint(
                        Math.max(0, one.bytes() - both),
                        two.passingBytes() - one.passingBytes(),
                        two.keptBytes() - one.keptBytes(),
                        two.fixedBytes() - one.fixedBytes(),
                        examples);
            }
        }

        long bytes(int batch, int examplesKept) {
            return base + passing * batch + kept * examplesKept + fixed * examples;
        }
    }
}
