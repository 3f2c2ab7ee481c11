package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;

/** See {@link CurvatureOperator#VALIDATION}. */
record ValidationHessian() implements CurvatureOperator {

    @Override
    public String name() {
        return "validation";
    }

    @Override
    public boolean sharesHessian() {
        return false;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        Objective validation = point.validation();
        LinearOperator hessian = validation.hessianAt(point.theta());
        Optional<String> defect = hessian.defect();
        if (defect.isPresent()) {
            hessian.close();
            throw new AbsentException(defect.get());
        }
        return List.of(new NamedOperator(name(), hessian));
    }
}
