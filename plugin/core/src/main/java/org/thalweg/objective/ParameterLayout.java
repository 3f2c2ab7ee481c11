package org.thalweg.objective;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The named arrays of a network, and their places in its flat vector and in the objective's packed one.
 *
 * @param blocks all arrays in the order of the flat vector; the trainable ones fill the packed vector without gaps
 * @since 0.2.0
 */
public record ParameterLayout(List<ParameterBlock> blocks) {

    public ParameterLayout {
        blocks = List.copyOf(blocks);
        long packed = blocks.stream()
                .filter(ParameterBlock::trainable)
                .mapToLong(ParameterBlock::length)
                .sum();
        for (ParameterBlock block : blocks) {
            if (block.trainable() && (block.packedOffset() < 0 || block.packedOffset() + block.length() > packed)) {
                throw new IllegalArgumentException("packed offset of " + block.key() + " must lie within " + packed
                        + " parameters, got " + block.packedOffset());
            }
        }
    }

    /** A layout for a user's own objective: one block of n parameters named {@code theta}. */
    public static ParameterLayout single(long n) {
        return new ParameterLayout(List.of(new ParameterBlock(
                "theta", "theta", ParameterKind.WEIGHT, true, new long[] {n}, 0, 'c', new int[0], new int[] {0}, 0)));
    }

    /** The blocks that are parameters of the objective. */
    public List<ParameterBlock> trainable() {
        return blocks.stream().filter(ParameterBlock::trainable).toList();
    }

    /** Number of parameters of the objective, P. */
    public long parameters() {
        return trainable().stream().mapToLong(ParameterBlock::length).sum();
    }

    /** Length of the network's flat vector. */
    public long flatLength() {
        return blocks.stream().mapToLong(ParameterBlock::length).sum();
    }

    /**
     * The trainable parameters of a flat vector.
     *
     * @param flat the network's vector, {@code [n]} or {@code [1, n]}
     * @return a new packed vector {@code [P]} of the same type
     */
    public INDArray pack(INDArray flat) {
        requireLength(flat, flatLength(), "flat parameter vector");
        INDArray packed = Nd4j.createUninitialized(flat.dataType(), parameters());
        for (ParameterBlock block : trainable()) {
            block.of(packed).assign(block.ofFlat(flat));
        }
        return packed;
    }

    /**
     * Writes packed parameters into a flat vector; constants there stay as they are.
     *
     * @param packed {@code [P]}
     * @param flat {@code [n]} or {@code [1, n]}, written to
     */
    public void unpack(INDArray packed, INDArray flat) {
        requireLength(packed, parameters(), "packed parameter vector");
        requireLength(flat, flatLength(), "flat parameter vector");
        for (ParameterBlock block : trainable()) {
            block.ofFlat(flat).assign(block.of(packed));
        }
    }

    private static void requireLength(INDArray vector, long length, String what) {
        if (vector.length() != length) {
            throw new IllegalArgumentException(
                    what + " must have " + length + " elements, got " + vector.length() + ": is it another network's?");
        }
    }
}
