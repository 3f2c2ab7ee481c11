package org.thalweg.curvature;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.krylov.LinearOperator;

/** See {@link CurvatureOperator#ADAPTIVE}. */
record AdaptiveHessian() implements CurvatureOperator {

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public boolean sharesHessian() {
        return true;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        LinearOperator hessian = point.hessian();
        INDArray sizes = Transforms.abs(point.theta(), true).castTo(hessian.dataType());
        double largest = sizes.maxNumber().doubleValue();
        return List.of(new NamedOperator(
                name(), new ScaledOperator(hessian, hessian.space().fromArray(sizes), largest * largest)));
    }
}
