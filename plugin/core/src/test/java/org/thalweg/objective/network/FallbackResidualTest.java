package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.LayerReport;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** An eigenvalue made of finite differences is within its residual of the true one, by the dense Hessian of the compiled network. */
class FallbackResidualTest {

    private static final int PAIRS = 4;
    private static final double USEFUL = 1e-5;

    private final long seed = Seeds.fresh("FallbackResidualTest");

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void coversTheTrueEigenvalue(DataType type) {
        Random scales = new Random(seed);
        covers(Networks.mlp(type, seed), Networks.data(40, seed, 6), scales.nextBoolean() ? 1 : 3);
        covers(Networks.cnn(type, seed, false), Networks.data(20, seed, 1, 8, 8), scales.nextBoolean() ? 1 : 3);
    }

    /** Inputs of 1e-4 make the first layer's block 1e-8 of the Hessian, below what differences of the whole can resolve. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void coversTheTrueEigenvaluesOfASmallBlock(DataType type) {
        MultiLayerNetwork network = Networks.mlp(type, seed);
        DataSet data = Networks.data(40, seed, 6);
        data.getFeatures().muli(1e-4);
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        CurvatureOptions options = CurvatureOptions.DEFAULT
                .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                .withTolerance(1e-3, ToleranceRule.RELATIVE_TO_EACH)
                .withLayers(true);
        INDArray dense = dense(network, data);
        try (CurvatureReport report =
                Curvature.report(objective, objective.layout().pack(network.params()), options)) {
            assertThat(report.reason()).isEmpty();
            long from = 0;
            for (LayerReport layer : report.layers()) {
                INDArrayIndex rows = NDArrayIndex.interval(from, from + layer.parameters());
                double[] truth = eigenvalues(dense.get(rows, rows));
                from += layer.parameters();
                within(layer.largest(), truth[truth.length - 1], 1);
                within(layer.smallest(), truth[0], 1);
            }
            assertThat(from).isEqualTo(dense.rows());
        }
    }

    private void covers(MultiLayerNetwork network, DataSet data, double scale) {
        network.params()
                .muli(scale)
                .addi(Networks.normal(new Random(seed), network.params().shape())
                        .muli(0.05)
                        .castTo(network.params().dataType()));
        double[] truth = truth(network, data);
        double norm = Math.max(Math.abs(truth[0]), Math.abs(truth[truth.length - 1]));
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        Lanczos toRounding = Lanczos.DEFAULT.withBasisSize(60).withTolerance(1e-14, ToleranceRule.RELATIVE_TO_LARGEST);
        try (LinearOperator hessian = objective.hessianAt(objective.layout().pack(network.params()))) {
            assertThat(hessian.defect()).isEmpty();
            LanczosResult result = toRounding.run(hessian, EigenvalueQuery.ofEachEnd(PAIRS));
            for (int rank = 0; rank < PAIRS; rank++) {
                within(result.largest().get(rank), truth[truth.length - 1 - rank], norm);
                within(result.smallest().get(rank), truth[PAIRS - 1 - rank], norm);
            }
        }
    }

    private static void within(EigenPair pair, double truth, double norm) {
        assertThat(Math.abs(pair.value() - truth))
                .as("error of %s, true %s", pair.value(), truth)
                .isLessThanOrEqualTo(pair.residual());
        assertThat(pair.residual()).isLessThan(USEFUL * norm);
    }

    private static double[] truth(MultiLayerNetwork network, DataSet data) {
        return eigenvalues(dense(network, data));
    }

    /** The exact Hessian. */
    private static INDArray dense(MultiLayerNetwork network, DataSet data) {
        MultiLayerNetwork wide = network.convertDataType(DataType.DOUBLE);
        CompiledObjective objective = CompiledObjective.of(wide, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(wide.params());
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            INDArray dense = hessian.multiply(Nd4j.eye(theta.length()).castTo(DataType.DOUBLE));
            return dense.add(dense.transpose()).divi(2);
        }
    }

    /** Ascending. */
    private static double[] eigenvalues(INDArray symmetric) {
        double[] values =
                new EigenDecomposition(new Array2DRowRealMatrix(symmetric.dup().toDoubleMatrix())).getRealEigenvalues();
        Arrays.sort(values);
        return values;
    }
}
