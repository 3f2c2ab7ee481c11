package org.thalweg.objective.compiled.internal.executor;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;

/** {@link Op#GATHER} on the host: ND4J's {@code gather} of single elements takes 300 ns for each. */
final class Gather implements Routine {

    private final HostBuffer from;
    private final HostBuffer places;
    private final HostBuffer to;

    Gather(Instruction instruction, Nd4jExecutor executor) {
        from = HostBuffer.of(executor, instruction.input(0));
        places = HostBuffer.of(executor, instruction.input(1));
        to = HostBuffer.of(executor, instruction.output(0));
    }

    @Override
    public void run() {
        IntBuffer indices = places.fetch().integers();
        int length = Math.toIntExact(to.tensor().length());
        int first = from.fetch().first();
        int place = places.first();
        int target = to.fetch().first();
        if (from.tensor().type() == ElementType.FLOAT) {
            FloatBuffer source = from.floats();
            FloatBuffer result = to.floats();
            for (int i = 0; i < length; i++) {
                result.put(target + i, source.get(first + indices.get(place + i)));
            }
        } else {
            DoubleBuffer source = from.doubles();
            DoubleBuffer result = to.doubles();
            for (int i = 0; i < length; i++) {
                result.put(target + i, source.get(first + indices.get(place + i)));
            }
        }
        to.changed();
    }
}
