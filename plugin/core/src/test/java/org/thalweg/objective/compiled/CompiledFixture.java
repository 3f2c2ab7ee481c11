package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Device;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Probe;

/** A fixture's objective at its weights. */
record CompiledFixture(Fixture fixture, Objective objective, INDArray theta) implements AutoCloseable {

    static CompiledFixture of(Fixture fixture, DataType type) {
        return of(fixture, FixtureNetwork.of(fixture, type), type);
    }

    /** That of a network with the fixture's weights. */
    static CompiledFixture of(Fixture fixture, Model model, DataType type) {
        return of(fixture, model, type, Device.AUTO);
    }

    static CompiledFixture of(Fixture fixture, Model model, DataType type, Device device) {
        Objective objective = CompiledObjective.of(model, probe(fixture, type), fixture.options(), device);
        return new CompiledFixture(fixture, objective, objective.layout().pack(model.params()));
    }

    /** A fixture's data. */
    static Probe probe(Fixture fixture, DataType type) {
        MultiDataSet data = fixture.data();
        return Probe.of(new MultiDataSet(
                cast(data.getFeatures(), type),
                cast(data.getLabels(), type),
                data.getFeaturesMaskArrays() == null ? null : cast(data.getFeaturesMaskArrays(), type),
                data.getLabelsMaskArrays() == null ? null : cast(data.getLabelsMaskArrays(), type)));
    }

    double[] gradient() {
        return flatten(objective.gradient(theta));
    }

    double[] product() {
        return flatten(product(objective.hessianAt(theta)));
    }

    /** The product of an operator, which is closed, with the fixture's vector. */
    INDArray product(LinearOperator operator) {
        try (operator) {
            return operator.multiply(pack(fixture.vector()));
        }
    }

    /** Products with all unit vectors, made exactly symmetric for the solver. */
    RealMatrix denseHessian() {
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            INDArray unit = Nd4j.eye(hessian.dimension()).castTo(theta.dataType());
            RealMatrix rows = new Array2DRowRealMatrix(hessian.multiply(unit).toDoubleMatrix());
            return rows.add(rows.transpose()).scalarMultiply(0.5);
        }
    }

    private INDArray pack(Map<String, INDArray> arrays) {
        INDArray packed = theta.ulike();
        for (ParameterBlock block : objective.layout().trainable()) {
            INDArray target = block.of(packed);
            target.assign(requireNonNull(arrays.get(block.key()), block.key())
                    .castTo(target.dataType())
                    .reshape('c', target.shape()));
        }
        return packed;
    }

    private double[] flatten(INDArray packed) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        objective.layout().trainable().forEach(block -> arrays.put(block.key(), block.of(packed)));
        return fixture.flatten(arrays);
    }

    private static INDArray[] cast(INDArray[] arrays, DataType type) {
        return Arrays.stream(arrays)
                .map(array -> array == null ? null : array.castTo(type))
                .toArray(INDArray[]::new);
    }

    @Override
    public void close() {
        objective.close();
    }
}
