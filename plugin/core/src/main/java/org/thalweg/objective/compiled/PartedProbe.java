package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.program.Program;

/**
 * Cuts a probe into parts.
 *
 * @param probe whole
 */
record PartedProbe(Program program, Executor executor, PackedProbe probe) {

    /**
     * The parts of the probe.
     *
     * @param together whether the examples of a batch depend on each other, so that a part is evaluated within the
     *     batches of the whole probe, with zero weight for the other examples
     */
    ProbeSplit split(List<ProbePart> parts, boolean together) {
        return together ? masked(parts) : sorted(parts);
    }

    private ProbeSplit sorted(List<ProbePart> parts) {
        PackedProbe inOrder = probe.select(parts.stream()
                .flatMapToInt(part -> Arrays.stream(part.examples()))
                .toArray());
        ProbeTensors tensors = ProbeTensors.of(inOrder, executor);
        List<ProbeSplit.Group> groups = new ArrayList<>();
        int from = 0;
        for (ProbePart part : parts) {
            int to = from + part.size();
            double predictions = ProbeSplit.predictions(program, probe.select(part.examples()));
            groups.add(new ProbeSplit.Group(tensors.range(from, to), null, part.size(), predictions));
            from = to;
        }
        return new ProbeSplit(probe.first(), tensors, groups);
    }

    private ProbeSplit masked(List<ProbePart> parts) {
        ProbeTensors whole = ProbeTensors.of(probe, executor);
        List<ProbeSplit.Group> groups = new ArrayList<>();
        for (ProbePart part : parts) {
            boolean[] counted = new boolean[probe.examples()];
            for (int example : part.examples()) {
                counted[example] = true;
            }
            PackedProbe shown = probe.only(counted);
            groups.add(new ProbeSplit.Group(
                    whole.withTargets(shown, executor), counted, part.size(), ProbeSplit.predictions(program, shown)));
        }
        return new ProbeSplit(probe.first(), whole, groups);
    }
}
