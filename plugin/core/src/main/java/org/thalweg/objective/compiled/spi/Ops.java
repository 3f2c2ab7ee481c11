package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Recordings that several kernels need. */
public final class Ops {

    private Ops() {}

    /** z = x y. */
    public static void product(Tape tape, INDArray x, boolean transposeX, INDArray y, boolean transposeY, INDArray z) {
        product(tape, x, transposeX, y, transposeY, z, false);
    }

    /** z = x y, or z = z + x y. */
    public static void product(
            Tape tape, INDArray x, boolean transposeX, INDArray y, boolean transposeY, INDArray z, boolean add) {
        tape.op("matmul")
                .of(x, y)
                .integers(transposeX ? 1 : 0, transposeY ? 1 : 0, 0)
                .reals(1, add ? 1 : 0)
                .into(z);
    }

    /** z = x * y, element by element; a vector y multiplies each row. */
    public static void multiply(Tape tape, INDArray x, INDArray y, INDArray z) {
        tape.op("multiply").of(x, y).into(z);
    }

    public static void add(Tape tape, INDArray x, INDArray y, INDArray z) {
        tape.op("add").of(x, y).into(z);
    }

    public static void subtract(Tape tape, INDArray x, INDArray y, INDArray z) {
        tape.op("subtract").of(x, y).into(z);
    }

    public static void copy(Tape tape, INDArray x, INDArray z) {
        tape.op("assign").of(z, x).into(z);
    }

    /** Adds a vector to each row of z, in place. */
    public static void addToRows(Tape tape, INDArray z, INDArray vector) {
        tape.op("biasadd").of(z, vector).flags(false).into(z);
    }

    /** The sum of the rows of a matrix {@code [m, c]}. */
    public static void sumRows(KernelContext context, INDArray matrix, INDArray sum) {
        product(context.tape(), context.ones(matrix.size(0)), false, matrix, false, sum.reshape(1, sum.length()));
    }

    /** Any array as a matrix of its last axis: {@code [..., c]} as {@code [m, c]}. */
    public static INDArray rows(INDArray array) {
        long channels = array.size(array.rank() - 1);
        return array.reshape('c', array.length() / channels, channels);
    }
}
