package org.thalweg.objective.compiled.internal.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.Copy;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.ViewKernel;

/** Collects the steps of a {@link Program}. */
public final class ProgramBuilder {

    private final List<Value> inputs = new ArrayList<>();
    private final List<@Nullable Value> masks = new ArrayList<>();
    private final List<ProgramStep> steps = new ArrayList<>();
    private final List<ProgramOutput> outputs = new ArrayList<>();
    private final Map<String, int[]> packedAxes = new HashMap<>();
    private final Map<String, long[]> imageRows = new HashMap<>();
    private final Set<Integer> views = new HashSet<>();
    private final Set<Integer> fractionalMasks;
    private final Map<LabelsInput, Value> labelsInputs = new LinkedHashMap<>();
    private @Nullable UnsupportedNetworkException onlyBinaryMasks;
    private @Nullable UnsupportedNetworkException onlyDoubleMasks;
    private int slots;
    private int draws;

    /** @param fractionalMasks indices of the probe's labels whose masks have other values than 0 and 1, or one an entry */
    public ProgramBuilder(Set<Integer> fractionalMasks) {
        this.fractionalMasks = Set.copyOf(fractionalMasks);
    }

    /**
     * Adds an input of the network.
     *
     * @param mask shape of an example's mask, null for none
     * @param shape of an example
     */
    public Value input(long @Nullable [] mask, long... shape) {
        Value maskValue = mask == null ? null : new Value(slots++, mask);
        Value input = new Value(slots++, shape).withMask(maskValue);
        inputs.add(input);
        masks.add(maskValue);
        return input;
    }

    /**
     * The index of the input with a mask.
     *
     * @throws UnsupportedNetworkException if the mask does not belong to an input
     */
    public int inputOfMask(String layer, Value mask) {
        for (int i = 0; i < masks.size(); i++) {
            Value own = masks.get(i);
            if (own != null && own.slot() == mask.slot()) {
                return i;
            }
        }
        throw new UnsupportedNetworkException(
                layer, "has a loss behind a mask that is no longer the input's, which is not covered");
    }

    /**
     * The mask of labels, one number for each entry they are compared with.
     *
     * @param shape of one example of the compared value
     * @return null if the mask has only the values 0 and 1, one for all entries of a row, or if there is none
     */
    public @Nullable Value fractionalMask(int labels, long... shape) {
        return fractionalMasks.contains(labels) ? ofLabels(labels, LabelsInput.Part.MASK, shape) : null;
    }

    /**
     * The labels as an operand that steps read.
     *
     * @param shape of one example, channels last
     */
    public Value labels(int labels, long... shape) {
        return ofLabels(labels, LabelsInput.Part.LABELS, shape);
    }

    private Value ofLabels(int labels, LabelsInput.Part part, long... shape) {
        return labelsInputs.computeIfAbsent(new LabelsInput(labels, part), key -> new Value(slots++, shape));
    }

    /** Requires masks of zeros and ones, with the error message for others. */
    public void requireBinaryMasks(UnsupportedNetworkException otherwise) {
        onlyBinaryMasks = onlyBinaryMasks == null ? otherwise : onlyBinaryMasks;
    }

    /** Requires masks of type DOUBLE, with the error message for others. */
    public void requireDoubleMasks(UnsupportedNetworkException otherwise) {
        onlyDoubleMasks = onlyDoubleMasks == null ? otherwise : onlyDoubleMasks;
    }

    /** The next index of a step that draws random numbers. */
    public int nextDraw() {
        return draws++;
    }

    /** Adds a step; the output has no mask. */
    public Value step(
            String layer, Kernel kernel, List<Value> read, Map<String, Operand> operands, long... outputShape) {
        Value like = read.get(0);
        if (read.stream().anyMatch(other -> other.perExample() != like.perExample())) {
            throw new UnsupportedNetworkException(
                    layer, "reads steps or blocks that are folded into the examples together with values that are not");
        }
        return step(layer, kernel, read, operands, like.in(slots++).reshaped(outputShape));
    }

    /** Adds a step without parameter arrays. */
    public Value step(String layer, Kernel kernel, List<Value> read, long... outputShape) {
        return step(layer, kernel, read, Map.of(), outputShape);
    }

    /** Adds an element-wise step: its output has its input's layout and mask. */
    public Value elementwise(String layer, Kernel kernel, Value input) {
        return step(layer, kernel, List.of(input), Map.of(), input.in(slots++));
    }

    private Value step(String layer, Kernel kernel, List<Value> read, Map<String, Operand> operands, Value output) {
        List<Value> accepted = read.stream()
                .map(input -> kernel.acceptsView(input) ? input : dense(layer, input))
                .toList();
        steps.add(new ProgramStep(layer, kernel, accepted, output, operands));
        if (kernel instanceof ViewKernel) {
            views.add(output.slot());
        }
        return output;
    }

    /** A row-major value: the value itself, or a copy if it is a view. */
    public Value dense(String layer, Value value) {
        return views.contains(value.slot()) ? elementwise(layer, new Copy(), value) : value;
    }

    /** A flattened image with its elements in the network's order; other values unchanged. */
    public Value inNetworkOrder(String layer, Value value) {
        long[] image = value.image();
        if (image == null) {
            return value;
        }
        Value unrolled = value.reshaped(image);
        Value transposed = step(layer, new Transposition(2, 0, 1), List.of(unrolled), image[2], image[0], image[1]);
        return transposed.reshaped(value.shape());
    }

    /** Compares a value with labels. */
    public void output(ProgramOutput output) {
        outputs.add(output);
    }

    /** The number of the probe's labels that are in use so far. */
    public int comparedLabels() {
        return (int) outputs.stream().mapToInt(ProgramOutput::labels).distinct().count();
    }

    /** Packs an array with its axes in another order. */
    public void pack(String key, int... axes) {
        packedAxes.put(key, axes);
    }

    /** Declares that the rows of a weight multiply a flattened image. */
    public void rowsOfImage(String key, long[] image) {
        imageRows.put(key, image);
    }

    /** The program over the arrays of a network. */
    public Program build(ParameterLayout network) {
        List<Value> all = new ArrayList<>(inputs);
        List<@Nullable Value> allMasks = new ArrayList<>(masks);
        labelsInputs.values().forEach(input -> {
            all.add(input);
            allMasks.add(null);
        });
        List<LabelsInput> read = List.copyOf(labelsInputs.keySet());
        return new Program(
                packed(network),
                imageRows,
                all,
                allMasks,
                read,
                fractionalMasks,
                onlyBinaryMasks,
                onlyDoubleMasks,
                steps,
                outputs,
                slots);
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
