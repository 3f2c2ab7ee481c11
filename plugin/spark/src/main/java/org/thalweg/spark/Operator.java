package org.thalweg.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;

/**
 * A matrix at some parameters.
 *
 * @param id executors keep it under this id
 * @param gaussNewton whether it is the Gauss-Newton matrix instead of the Hessian
 * @param theta the parameters, packed
 */
record Operator(long id, boolean gaussNewton, Broadcast<byte[]> theta) implements Serializable {

    LinearOperator open(Objective objective) {
        INDArray point = ArrayBytes.vector(theta.value());
        LinearOperator opened = gaussNewton ? objective.gaussNewtonAt(point).orElseThrow() : objective.hessianAt(point);
        point.close();
        return opened;
    }
}
