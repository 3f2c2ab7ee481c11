package org.thalweg.curvature;

import java.util.List;

/** See {@link CurvatureOperator#HESSIAN}. */
record HessianMatrix() implements CurvatureOperator {

    @Override
    public String name() {
        return "hessian";
    }

    @Override
    public boolean sharesHessian() {
        return true;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        return List.of(new NamedOperator(name(), point.hessian()));
    }
}
