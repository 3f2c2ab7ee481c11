package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;

/**
 * A probe in parts, each with its own mean loss; the whole probe is one part.
 *
 * @param firstExample index of the first example, which determines random draws
 * @param sample as many examples as the probe has, to measure memory with
 * @param groups one per part
 */
record ProbeSplit(int firstExample, ProbeTensors sample, List<Group> groups) {

    /**
     * The examples of a part.
     *
     * @param probe the part's own examples, or all
     * @param counted which of the probe's examples are in the part; null if all are
     * @param size the number of examples in the part
     * @param predictions their number, of which accuracy is a share
     */
    record Group(ProbeTensors probe, boolean @Nullable [] counted, int size, double predictions) {

        private boolean counts(int from, int to) {
            boolean any = counted == null;
            for (int i = from; !any && counted != null && i < to; i++) {
                any = counted[i];
            }
            return any;
        }
    }

    /** Batches whose losses are averaged together. */
    record Part(List<Batch> batches, double scale, double counted) {}

    /**
     * Consecutive examples.
     *
     * @param first number of the first one within the probe
     */
    record Batch(ProbeTensors probe, int first) {}

    /** A probe in one part. */
    static ProbeSplit whole(Program program, PackedProbe packed, ProbeTensors tensors) {
        Group group = new Group(tensors, null, packed.examples(), predictions(program, packed));
        return new ProbeSplit(packed.first(), tensors, List.of(group));
    }

    /** The number of predictions of a probe, over all outputs. */
    static double predictions(Program program, PackedProbe probe) {
        double counted = 0;
        for (int i = 0; i < program.outputs().size(); i++) {
            ProgramOutput output = program.outputs().get(i);
            counted += probe.targets().get(i).counted(output.accuracy());
        }
        return counted;
    }

    /** Examples over all parts. */
    int examples() {
        return groups.stream().mapToInt(group -> group.probe().examples()).sum();
    }

    /** A few examples of the sample, in one part. */
    ProbeSplit first(int examples) {
        ProbeTensors few = sample.range(0, Math.min(examples, sample.examples()));
        return new ProbeSplit(firstExample, few, List.of(new Group(few, null, few.examples(), 0)));
    }

    /**
     * The parts, cut into batches, without those that contain no example of the part.
     *
     * @param batchSize examples per batch; the last one of a part may be smaller
     */
    List<Part> parts(int batchSize) {
        return groups.stream().map(group -> part(group, batchSize)).toList();
    }

    private static Part part(Group group, int batchSize) {
        List<Batch> batches = new ArrayList<>();
        int examples = group.probe().examples();
        for (int from = 0; from < examples; from += batchSize) {
            int to = Math.min(from + batchSize, examples);
            if (group.counts(from, to)) {
                ProbeTensors batch = from == 0 && to == examples
                        ? group.probe()
                        : group.probe().range(from, to);
                batches.add(new Batch(batch, from));
            }
        }
        return new Part(batches, 1.0 / group.size(), group.predictions());
    }
}
