package org.thalweg.curvature;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;

/** See {@link CurvatureOperator#REFERENCE}. */
record ReferenceHessian() implements CurvatureOperator {

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public boolean sharesHessian() {
        return false;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        Objective precise = point.objective()
                .inDouble()
                .orElseThrow(() ->
                        new AbsentException("the objective " + point.objective().name() + " has no other precision"));
        INDArray theta = point.theta().castTo(DataType.DOUBLE);
        return List.of(new NamedOperator(name(), precise.hessianAt(theta)));
    }
}
