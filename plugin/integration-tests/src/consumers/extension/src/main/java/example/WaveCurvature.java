package example;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.curvature.CurvatureEstimator;
import org.thalweg.curvature.CurvaturePoint;
import org.thalweg.curvature.NamedOperator;
import org.thalweg.frame.EstimateValues;

/** An estimator: v^T A v for the vector of the cosines of the parameters' numbers. */
public record WaveCurvature() implements CurvatureEstimator<Double> {

    @Override
    public String name() {
        return "wave";
    }

    @Override
    public Double estimate(NamedOperator operator, CurvaturePoint point) {
        INDArray numbers = Nd4j.arange(operator.matrix().dimension()).castTo(operator.matrix().dataType());
        INDArray v = Transforms.cos(numbers, true);
        return v.mul(operator.matrix().multiply(v)).sumNumber().doubleValue();
    }

    @Override
    public EstimateValues values(Double curvature) {
        return new EstimateValues(Map.of("value", curvature), Map.of());
    }

    @Override
    public long products(Double curvature) {
        return 1;
    }
}
