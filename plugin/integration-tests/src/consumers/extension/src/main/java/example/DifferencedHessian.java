package example;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.curvature.CurvaturePoint;
import org.thalweg.curvature.NamedOperator;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;

/** An operator: the Hessian by central differences of the gradient. */
public record DifferencedHessian() implements CurvatureOperator {

    private static final double STEP = 1e-5;

    @Override
    public String name() {
        return "differenced";
    }

    @Override
    public boolean sharesHessian() {
        return false;
    }

    @Override
    public List<NamedOperator> at(CurvaturePoint point) {
        Objective objective = point.objective();
        INDArray theta = point.theta();
        return List.of(new NamedOperator(
                name(),
                LinearOperator.of(theta.length(), theta.dataType(), v -> objective
                        .gradient(theta.add(v.mul(STEP)))
                        .sub(objective.gradient(theta.sub(v.mul(STEP))))
                        .div(2 * STEP))));
    }
}
