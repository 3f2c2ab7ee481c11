package org.thalweg.objective;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;

/** The parts of any objective, computed one after another, each as a separate probe. */
final class SeparateParts implements ObjectiveParts {

    private final List<ProbePart> parts;
    private final List<Objective> objectives = new ArrayList<>();

    SeparateParts(Objective objective, Probe probe, List<ProbePart> parts) {
        this.parts = List.copyOf(parts);
        parts.forEach(part -> objectives.add(objective.withProbe(probe.select(part.examples()))));
    }

    @Override
    public List<ProbePart> parts() {
        return parts;
    }

    @Override
    public List<ObjectiveValue> evaluate(INDArray theta) {
        return objectives.stream().map(objective -> objective.evaluate(theta)).toList();
    }

    @Override
    public INDArray gradients(INDArray theta) {
        return Nd4j.vstack(objectives.stream()
                .map(objective -> objective.gradient(theta).reshape(1, theta.length()))
                .toArray(INDArray[]::new));
    }

    @Override
    public Products hessiansAt(INDArray theta) {
        List<LinearOperator> hessians =
                objectives.stream().map(objective -> objective.hessianAt(theta)).toList();
        return new Products() {
            @Override
            public INDArray multiply(INDArray vector) {
                return Nd4j.vstack(hessians.stream()
                        .map(hessian -> hessian.multiply(vector.castTo(hessian.dataType()))
                                .reshape(1, vector.length()))
                        .toArray(INDArray[]::new));
            }

            @Override
            public void close() {
                hessians.forEach(LinearOperator::close);
            }
        };
    }

    @Override
    public void close() {
        objectives.forEach(Objective::close);
    }
}
