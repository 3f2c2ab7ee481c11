package org.thalweg.curvature;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.SymmetricOperator;
import org.thalweg.objective.Hessian;

/**
 * The Hessian of an objective as Krylov methods see it, counting its products. Confined to one thread at a time; closing
 * the Hessian is left to whoever opened it.
 */
public final class HessianOperator implements SymmetricOperator {

    private final Hessian hessian;
    private long products;

    /** @param hessian open as long as this operator is used */
    public HessianOperator(Hessian hessian) {
        this.hessian = hessian;
    }

    @Override
    public long dimension() {
        return hessian.dimension();
    }

    @Override
    public DataType dataType() {
        return hessian.dataType();
    }

    @Override
    public INDArray multiply(INDArray vector) {
        products++;
        return hessian.multiply(vector);
    }

    @Override
    public INDArray multiplyAll(INDArray vectors) {
        products += vectors.size(0);
        return hessian.multiply(vectors);
    }

    /** Hessian-vector products taken so far. */
    public long products() {
        return products;
    }
}
