package org.thalweg.objective.compiled.internal.executor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.HostRoutine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;

/** The routines of {@link Op#HOST}, by name. */
public final class HostRoutines {

    private static final Map<String, HostRoutine> ROUTINES = load();

    private HostRoutines() {}

    /**
     * The routine with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static HostRoutine named(String name) {
        HostRoutine routine = ROUTINES.get(name);
        if (routine == null) {
            throw new IllegalArgumentException("there is no host routine " + name + "; META-INF/services/"
                    + HostRoutine.class.getName() + " has " + new TreeSet<>(ROUTINES.keySet()));
        }
        return routine;
    }

    static Routine bind(Instruction instruction, Nd4jExecutor executor) {
        HostRoutine routine = named(instruction.host());
        List<HostBuffer> inputs = instruction.inputs().stream()
                .map(tensor -> HostBuffer.of(executor, tensor))
                .toList();
        List<HostBuffer> outputs = instruction.outputs().stream()
                .map(tensor -> HostBuffer.of(executor, tensor))
                .toList();
        List<double[]> results = outputs.stream()
                .map(output -> new double[Math.toIntExact(output.tensor().length())])
                .toList();
        return () -> {
            List<double[]> values = inputs.stream().map(HostBuffer::values).toList();
            routine.run(values, results, instruction.reals(), instruction.integers());
            for (int i = 0; i < results.size(); i++) {
                outputs.get(i).put(results.get(i));
            }
        };
    }

    private static Map<String, HostRoutine> load() {
        Map<String, HostRoutine> routines = new HashMap<>();
        for (HostRoutine routine : ServiceLoader.load(HostRoutine.class, HostRoutine.class.getClassLoader())) {
            HostRoutine other = routines.putIfAbsent(routine.name(), routine);
            if (other != null) {
                throw new IllegalStateException(
                        "host routines " + other.getClass().getName() + " and "
                                + routine.getClass().getName() + " are both called " + routine.name());
            }
        }
        return Map.copyOf(routines);
    }
}
