package org.thalweg.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * A part of an objective's probe, or a copy of all of it. Executors create the objective on it and keep it under these
 * numbers.
 *
 * @param objective number of the objective
 * @param number number of the part
 * @param recipe creates the objective: an {@link ObjectiveRecipe}, serialized by {@link ClosureSerializer#bytes}
 * @param data the examples
 */
record Part(long objective, int number, Broadcast<byte[]> recipe, Data data) implements Serializable {

    Objective make(Probe examples) {
        return ClosureSerializer.read(ObjectiveRecipe.class, recipe.value()).make(examples);
    }

    /** The source of an executor's examples. */
    interface Data extends Serializable {
        Probe read();
    }

    /** Examples that the driver sends once to each executor that works on them. */
    record Sent(Broadcast<byte[]> bytes) implements Data {
        @Override
        public Probe read() {
            return ProbeBytes.read(bytes.value());
        }
    }

    /** Examples that the executor reads. */
    record Read(DistributedExamples examples, int from, int to) implements Data {
        @Override
        public Probe read() {
            return examples.read(from, to).startingAt(from);
        }
    }
}
