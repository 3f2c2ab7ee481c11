package org.thalweg.curvature;

import java.util.List;

/** See {@link CurvatureOperator#BATCHES}. */
record BatchHessians() implements CurvatureOperator {

    @Override
    public String name() {
        return "batches";
    }

    @Override
    public boolean sharesHessian() {
        return false;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        return List.of(new NamedOperator(name(), PartedHessian.at(point, point.batches())));
    }
}
