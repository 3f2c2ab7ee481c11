package example;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/** A quantity: the largest absolute value of a parameter. */
public final class LargestParameter implements CurvatureQuantity {

    @Override
    public String name() {
        return "largest_parameter";
    }

    @Override
    public String description() {
        return "Largest absolute value of a parameter";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.parameters().amaxNumber().doubleValue();
    }
}
