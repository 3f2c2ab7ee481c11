package org.thalweg.curvature;

import java.util.List;
import org.thalweg.krylov.LinearOperator;

/** See {@link CurvatureOperator#GAUSS_NEWTON}. */
record GaussNewtonMatrix() implements CurvatureOperator {

    @Override
    public String name() {
        return "gauss_newton";
    }

    @Override
    public boolean sharesHessian() {
        return false;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        LinearOperator matrix = point.objective()
                .gaussNewtonAt(point.theta())
                .orElseThrow(() ->
                        new AbsentException("the objective " + point.objective().name() + " has no such products"));
        return List.of(new NamedOperator(name(), matrix));
    }
}
