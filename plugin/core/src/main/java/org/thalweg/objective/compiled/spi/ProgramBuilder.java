package org.thalweg.objective.compiled.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;

/** Collects the steps of a {@link Program}. */
public final class ProgramBuilder {

    private final List<Value> inputs = new ArrayList<>();
    private final List<ProgramStep> steps = new ArrayList<>();
    private final List<ProgramOutput> outputs = new ArrayList<>();
    private final Map<String, int[]> packedAxes = new HashMap<>();
    private final Map<String, long[]> imageRows = new HashMap<>();
    private int slots;
    private int draws;

    /** Adds an input of the network. */
    public Value input(long... shape) {
        Value input = new Value(slots++, shape);
        inputs.add(input);
        return input;
    }

    /** The next number of a step that draws what the seed decides. */
    public int nextDraw() {
        return draws++;
    }

    /** Adds a step of one input with parameter arrays. */
    public Value step(String layer, Kernel kernel, Value input, Map<String, Operand> operands, long... outputShape) {
        return step(layer, kernel, List.of(input), operands, new Value(slots++, outputShape));
    }

    /** Adds a step without parameter arrays. */
    public Value step(String layer, Kernel kernel, List<Value> inputs, long... outputShape) {
        return step(layer, kernel, inputs, Map.of(), new Value(slots++, outputShape));
    }

    /** Adds a step that treats every element alike, so that its output lies as its input does. */
    public Value elementwise(String layer, Kernel kernel, Value input) {
        return step(layer, kernel, List.of(input), Map.of(), new Value(slots++, input.shape(), input.image()));
    }

    private Value step(String layer, Kernel kernel, List<Value> inputs, Map<String, Operand> operands, Value output) {
        steps.add(new ProgramStep(layer, kernel, inputs, output, operands));
        return output;
    }

    /** A flattened image with its elements in the order in which the network numbers them; others as they are. */
    public Value inNetworkOrder(String layer, Value value) {
        long[] image = value.image();
        if (image == null) {
            return value;
        }
        Value unrolled = new Value(value.slot(), image);
        Value transposed = step(layer, new Transposition(2, 0, 1), List.of(unrolled), image[2], image[0], image[1]);
        return new Value(transposed.slot(), value.shape());
    }

    /** Compares a value with labels. */
    public void output(ProgramOutput output) {
        outputs.add(output);
    }

    /** Number of outputs so far. */
    public int outputs() {
        return outputs.size();
    }

    /** Packs an array with its axes in another order. */
    public void pack(String key, int... axes) {
        packedAxes.put(key, axes);
    }

    /** Says that the rows of a weight multiply a flattened image. */
    public void rowsOfImage(String key, long[] image) {
        imageRows.put(key, image);
    }

    /** The program, over the arrays of a network. */
    public Program build(ParameterLayout network) {
        return new Program(packed(network), imageRows, inputs, steps, outputs, slots);
    }

    private ParameterLayout packed(ParameterLayout network) {
        Map<String, ParameterBlock> blocks = new LinkedHashMap<>();
        for (ParameterBlock block : network.blocks()) {
            int[] axes = packedAxes.getOrDefault(block.key(), block.packedAxes());
            blocks.put(block.key(), block.packedAs(axes, block.packedOffset()));
        }
        return new ParameterLayout(List.copyOf(blocks.values()));
    }
}
