package org.thalweg.krylov;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A principal submatrix of an operator A, whose vectors keep the length of A's and are zero outside a mask M: M A M on the
 * range of M. Its eigenvalues are those of the submatrix alone, without the zeros that M A M has elsewhere, since no random
 * vector and no start has a part there.
 *
 * <p>Closing it closes A.
 *
 * @since 0.2.0
 */
public final class MaskedOperator implements LinearOperator {

    private final LinearOperator operator;
    private final MaskedSpace space;
    private final Vector mask;
    private final long kept;

    /**
     * @param operator A
     * @param mask ones where rows and columns are kept, zeros elsewhere, {@code [n]}; not modified
     */
    public MaskedOperator(LinearOperator operator, INDArray mask) {
        this.operator = operator;
        INDArray typed = mask.castTo(operator.dataType());
        this.space = new MaskedSpace(operator.space(), typed);
        this.mask = operator.space().fromArray(typed.dup());
        this.kept = kept(mask);
    }

    /**
     * The vectors of a space that are zero outside a mask.
     *
     * @param mask ones and zeros, {@code [n]}; not modified
     */
    public static VectorSpace within(VectorSpace space, INDArray mask) {
        return new MaskedSpace(space, mask.castTo(space.dataType()));
    }

    /** Number of elements that a mask keeps. */
    public static long kept(INDArray mask) {
        return mask.neq(0).castTo(DataType.INT64).sumNumber().longValue();
    }

    /** Ones where rows and columns are kept, zeros elsewhere, {@code [n]}; not to be modified. */
    public INDArray mask() {
        return space.mask();
    }

    @Override
    public VectorSpace space() {
        return space;
    }

    /** Number of rows and columns that are kept; vectors are as long as A's. */
    @Override
    public long dimension() {
        return kept;
    }

    @Override
    public DataType dataType() {
        return operator.dataType();
    }

    @Override
    public Vector multiply(Vector vector) {
        try (Vector inside = space.create()) {
            space.assign(vector, inside);
            space.multiply(mask, inside);
            Vector product = operator.multiply(inside);
            space.multiply(mask, product);
            return product;
        }
    }

    @Override
    public VectorBatch multiply(VectorBatch vectors) {
        try (VectorBatch inside = space.batch(vectors.size())) {
            for (int i = 0; i < vectors.size(); i++) {
                space.assign(vectors.get(i), inside.get(i));
                space.multiply(mask, inside.get(i));
            }
            VectorBatch products = operator.multiply(inside);
            for (int i = 0; i < products.size(); i++) {
                space.multiply(mask, products.get(i));
            }
            return products;
        }
    }

    /** A submatrix has no larger norm, and a product no larger error. */
    @Override
    public double productError(double norm) {
        return operator.productError(norm);
    }

    @Override
    public Optional<String> defect() {
        return operator.defect();
    }

    @Override
    public Optional<String> defectAlong(INDArray vector, double curvature) {
        return operator.defectAlong(vector, curvature);
    }

    @Override
    public void close() {
        mask.close();
        operator.close();
    }
}
