package org.thalweg.objective.compiled;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.internal.Regularizer;

/** The parts of a compiled objective. They are batches of one plan, so all of them cost one pass over the probe. */
final class CompiledParts implements ObjectiveParts {

    private final CompiledNetwork network;
    private final List<ProbePart> parts;
    private final Regularizer regularizer;
    private final INDArray constants;

    /** @param network on a probe that is cut into these parts */
    CompiledParts(CompiledNetwork network, List<ProbePart> parts, Regularizer regularizer, INDArray constants) {
        this.network = network;
        this.parts = List.copyOf(parts);
        this.regularizer = regularizer;
        this.constants = constants;
    }

    @Override
    public List<ProbePart> parts() {
        return parts;
    }

    @Override
    public List<ObjectiveValue> evaluate(INDArray theta) {
        ExecutionPlan plan = network.values();
        plan.moveTo(theta, constants);
        double penalty = regularizer.value(theta);
        return plan.values().stream()
                .map(value -> new ObjectiveValue(value.loss() + penalty, value.accuracy()))
                .toList();
    }

    @Override
    public INDArray gradients(INDArray theta) {
        ExecutionPlan plan = network.gradients();
        plan.moveTo(theta, constants);
        INDArray gradients = Nd4j.createUninitialized(network.type(), parts.size(), theta.length());
        List<INDArray> rows = rows(gradients);
        plan.gradients(rows);
        rows.forEach(row -> regularizer.addGradient(theta, row));
        return gradients;
    }

    @Override
    public void forEachGradient(INDArray theta, Consumer<INDArray> receiver) {
        ExecutionPlan plan = network.gradients();
        plan.moveTo(theta, constants);
        try (INDArray gradient = Nd4j.createUninitialized(network.type(), theta.length())) {
            for (int part = 0; part < parts.size(); part++) {
                plan.gradient(part, gradient);
                regularizer.addGradient(theta, gradient);
                receiver.accept(gradient);
            }
        }
    }

    @Override
    public Products hessiansAt(INDArray theta) {
        ExecutionPlan plan = network.products(EvaluationKind.HESSIAN);
        plan.moveTo(theta, constants);
        plan.prepare();
        return new Products() {
            @Override
            public INDArray multiply(INDArray vector) {
                INDArray products = Nd4j.createUninitialized(network.type(), parts.size(), vector.length());
                List<INDArray> rows = rows(products);
                plan.products(vector, rows);
                rows.forEach(row -> regularizer.addProduct(vector, row));
                return products;
            }

            @Override
            public double[] forms(INDArray vector) {
                double[] forms = new double[parts.size()];
                plan.load(vector);
                try (INDArray product = Nd4j.createUninitialized(network.type(), vector.length())) {
                    for (int part = 0; part < forms.length; part++) {
                        plan.product(part, product);
                        regularizer.addProduct(vector, product);
                        forms[part] = InnerProducts.dot(vector, product);
                    }
                }
                return forms;
            }

            @Override
            public void close() {
                network.giveBack(plan);
            }
        };
    }

    private List<INDArray> rows(INDArray matrix) {
        return IntStream.range(0, parts.size()).mapToObj(matrix::getRow).toList();
    }

    @Override
    public void close() {
        network.release();
    }
}
