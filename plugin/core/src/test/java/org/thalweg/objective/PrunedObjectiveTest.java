package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.LayerReport;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** Against the part of the Hessian, written out, that belongs to the weights that are left. */
class PrunedObjectiveTest {

    private final long seed = Seeds.fresh("PrunedObjectiveTest");
    private final Random random = new Random(seed);
    private final Probe probe = Probe.of(Networks.data(40, seed, 6));
    private INDArray theta = Nd4j.zeros(1);
    private int[] kept = {};
    private final Objective objective = pruned(0.6);

    @Test
    void withoutWeightsThereIsNoCurvature() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, seed)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(6)
                        .nOut(3)
                        .hasBias(false)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        network.params().assign(0);
        try (Objective whole = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray zeros = whole.layout().pack(network.params());
            try (CurvatureReport report =
                    Curvature.report(PrunedObjective.of(whole, zeros), zeros, CurvatureOptions.DEFAULT)) {
                assertThat(report.largest()).isEmpty();
                assertThat(report.reason()).contains("all parameters are pruned");
            }
        }
    }

    /** A network whose weights are zero with a probability; biases stay. */
    private Objective pruned(double share) {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        network.fit(Networks.data(40, seed, 6));
        Objective compiled = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        theta = compiled.layout().pack(network.params());
        for (ParameterBlock block : compiled.layout().trainable()) {
            INDArray packed = block.packed(theta).reshape(block.length());
            for (long i = 0; i < block.length(); i++) {
                if (block.kind() == ParameterKind.WEIGHT && random.nextDouble() < share) {
                    packed.putScalar(i, 0);
                }
            }
        }
        INDArray zero = theta;
        kept = IntStream.range(0, (int) theta.length())
                .filter(i -> zero.getDouble(i) != 0 || isBias(compiled, i))
                .toArray();
        return compiled;
    }

    private static boolean isBias(Objective compiled, int i) {
        return compiled.layout().trainable().stream()
                .filter(block -> i >= block.packedOffset() && i < block.packedOffset() + block.length())
                .anyMatch(block -> block.kind() == ParameterKind.BIAS);
    }

    @Test
    void theSpectrumIsThatOfTheWeightsThatAreLeft() {
        Objective left = PrunedObjective.of(objective, theta);
        double[][] part = part(objective.hessianAt(theta), kept);
        double[] values = eigenvalues(part);
        CurvatureOptions options = CurvatureOptions.DEFAULT
                .withEigenvalues(3)
                .withLayers(true)
                .withGaussNewton(true)
                .withReference(true)
                .withTrace(TraceOptions.DEFAULT.withSamples(100));
        try (CurvatureReport report = Curvature.report(left, theta, options)) {
            assertThat(report.absent()).as("seed %d", seed).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertClose(report.largest().get(i), values[values.length - 1 - i]);
                assertClose(report.smallest().get(2 - i), values[i]);
                assertInside(Objects.requireNonNull(report.largest().get(i).vector()));
            }
            TraceEstimate trace = report.trace().orElseThrow();
            assertThat(trace.value())
                    .as("seed %d", seed)
                    .isCloseTo(Arrays.stream(values).sum(), within(6 * trace.standardError() + 1e-9));
            assertClose(report.reference().orElseThrow().smallest().get(2), values[0]);
            double[] gaussNewton =
                    eigenvalues(part(objective.gaussNewtonAt(theta).orElseThrow(), kept));
            assertClose(report.gaussNewton().orElseThrow().largest(), gaussNewton[gaussNewton.length - 1]);
            assertThat(report.layers().stream()
                            .mapToLong(LayerReport::parameters)
                            .sum())
                    .isEqualTo(kept.length);
            LayerReport first = report.layers().get(0);
            int[] ofFirst = Arrays.stream(kept).filter(i -> i < 6 * 8 + 8).toArray();
            double[] block = eigenvalues(part(objective.hessianAt(theta), ofFirst));
            assertClose(first.largest(), block[block.length - 1]);
            assertClose(first.smallest(), block[0]);
        }
    }

    /** Of a positive matrix, zero would be wrong. */
    @Test
    void whatIsPrunedAddsNoZeros() {
        for (int left : new int[] {3, 50, 200}) {
            INDArray diagonal = Networks.normal(random, 200);
            INDArray weights = Nd4j.zeros(DataType.DOUBLE, 200);
            double smallest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 200; i++) {
                diagonal.putScalar(i, 1 + Math.abs(diagonal.getDouble(i)));
                if (i < left) {
                    weights.putScalar(i, 1);
                    smallest = Math.min(smallest, diagonal.getDouble(i));
                }
            }
            Objective quadratic = PrunedObjective.of(new QuadraticObjective(diagonal), weights);
            try (CurvatureReport report = Curvature.report(quadratic, weights, CurvatureOptions.DEFAULT)) {
                assertThat(report.smallest().get(report.smallest().size() - 1).value())
                        .as("%d left, seed %d", left, seed)
                        .isCloseTo(smallest, within(1e-6));
            }
        }
    }

    @Test
    void gradientsPartsAndPlanesKeepWeightsPruned() {
        Objective left = PrunedObjective.of(objective, theta);
        INDArray gradient = left.gradient(theta);
        assertInside(gradient);
        INDArray whole = objective.gradient(theta);
        for (int i : kept) {
            assertThat(gradient.getDouble(i)).isEqualTo(whole.getDouble(i));
        }
        List<ProbePart> batches = ProbePart.batches(probe, 10);
        INDArray vector = Networks.normal(random, theta.length());
        try (ObjectiveParts parts = left.parts(probe, batches);
                ObjectiveParts.Products products = parts.hessiansAt(theta);
                LinearOperator hessian = left.hessianAt(theta)) {
            INDArray mean = products.multiply(vector).mean(0);
            assertInside(mean);
            INDArray product = hessian.multiply(vector);
            assertThat(mean.distance2(product)).as("seed %d", seed).isLessThan(1e-9);
            assertThat(Arrays.stream(products.forms(vector)).average().orElseThrow())
                    .as("seed %d", seed)
                    .isCloseTo(vector.mul(product).sumNumber().doubleValue(), within(1e-9));
        }
        DirectionContext context = DirectionContext.of(left, theta);
        DirectionPair eigen = new EigenvectorDirections(Ends.LARGEST_AND_SMALLEST).at(context);
        assertInside(eigen.delta());
        assertInside(eigen.eta());
        DirectionPair drawn = new RandomDirections(seed, DirectionOptions.DEFAULT.withKeepPruned(true)).at(context);
        assertInside(drawn.delta());
        INDArray full = theta.add(1);
        assertThat(PrunedObjective.of(objective, full)).as("nothing is pruned").isSameAs(objective);
    }

    private void assertInside(INDArray vector) {
        double outside = 0;
        for (int i = 0; i < vector.length(); i++) {
            if (Arrays.binarySearch(kept, i) < 0) {
                outside = Math.max(outside, Math.abs(vector.getDouble(i)));
            }
        }
        assertThat(outside).as("seed %d", seed).isZero();
    }

    private void assertClose(EigenPair pair, double expected) {
        assertThat(pair.value()).as("seed %d", seed).isCloseTo(expected, within(pair.residual() + 1e-9));
    }

    private static double[][] part(LinearOperator whole, int... indices) {
        try (whole) {
            double[][] all = whole.multiply(Nd4j.eye(whole.dimension()).castTo(DataType.DOUBLE))
                    .toDoubleMatrix();
            double[][] part = new double[indices.length][indices.length];
            for (int i = 0; i < indices.length; i++) {
                for (int j = 0; j < indices.length; j++) {
                    part[i][j] = (all[indices[i]][indices[j]] + all[indices[j]][indices[i]]) / 2;
                }
            }
            return part;
        }
    }

    private static double[] eigenvalues(double[][] matrix) {
        double[] values = new EigenDecomposition(new Array2DRowRealMatrix(matrix)).getRealEigenvalues();
        Arrays.sort(values);
        return values;
    }
}
