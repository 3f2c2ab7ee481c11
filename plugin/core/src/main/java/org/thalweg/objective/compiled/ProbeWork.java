package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** The computations that run once for each probe that a batch is loaded with. */
final class ProbeWork implements AutoCloseable {

    private final PlanResources resources;
    private final int offset;
    private final Tape tape = new Tape();
    private final List<Upload> uploads = new ArrayList<>();
    private @Nullable BoundTape bound;

    private record Upload(Tensor tensor, Supplier<double[]> values) {}

    /** @param offset index of the batch's first example within the probe */
    ProbeWork(PlanResources resources, int offset) {
        this.resources = resources;
        this.offset = offset;
    }

    /** The tape that records it. */
    Tape tape() {
        return tape;
    }

    /** Adds numbers that the host computes. */
    void upload(Tensor tensor, Supplier<double[]> values) {
        uploads.add(new Upload(tensor, values));
    }

    /** Index of the batch's first example, which determines random draws. */
    int firstExample() {
        return resources.firstExample() + offset;
    }

    /** Runs all of it. */
    void run() {
        Executor executor = resources.executor();
        uploads.forEach(upload -> executor.upload(upload.values().get(), upload.tensor()));
        if (bound == null) {
            bound = executor.bind(tape);
        }
        bound.run();
    }

    @Override
    public void close() {
        if (bound != null) {
            bound.close();
        }
    }
}
