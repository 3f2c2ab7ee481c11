package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Eigenpairs of a network's Hessian from the recurrence, in float, against all of PyTorch's in double. */
class EigenvaluesWithoutBasisTest {

    private static final int EXAMPLES = 40;
    private static final double TOLERANCE = 1e-4;

    private final long seed = Seeds.fresh("EigenvaluesWithoutBasisTest");

    @TempDir
    private Path folder;

    @Test
    void pyTorchFindsTheSameEnds() throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(EXAMPLES, seed, 6);
        List<String> told = Peers.python(
                        "/org/thalweg/peers/extreme_eigenvalues.py",
                        List.of("numpy", "torch"),
                        written(network.params(), data.getFeatures(), data.getLabels()),
                        EXAMPLES)
                .strip()
                .lines()
                .toList();
        double[] values = numbers(told.get(0));
        try (CompiledObjective objective = CompiledObjective.of(
                        network, Probe.of(data.getFeatures(), data.getLabels()), ObjectiveOptions.DEFAULT);
                CompiledHessian hessian = objective.hessianAt(objective.layout().pack(network.params()));
                LanczosResult result = Lanczos.DEFAULT
                        .withBasisSize(Lanczos.RECURRENCE)
                        .withTolerance(TOLERANCE, ToleranceRule.RELATIVE_TO_LARGEST)
                        .withSeed(seed)
                        .run(hessian, EigenvalueQuery.ofEachEnd(1).withEigenvectors(true))) {
            assertThat(result.info().converged()).as("seed %d", seed).isEqualTo(2);
            double[][] rows = told.stream()
                    .skip(1)
                    .map(EigenvaluesWithoutBasisTest::numbers)
                    .toArray(double[][]::new);
            check(objective, result.largest().get(0), values[0], values[0], rows);
            check(objective, result.smallest().get(0), values[1], values[0], rows);
        }
    }

    /** The value is that of PyTorch, and the residual is that of PyTorch's product. */
    private void check(CompiledObjective objective, EigenPair pair, double value, double largest, double[][] rows) {
        assertThat(pair.value()).as("seed %d", seed).isCloseTo(value, within(pair.residual() + TOLERANCE * largest));
        INDArray found = Arrays.asList(pair.vector()).get(0);
        INDArray flat = found.ulike();
        objective.layout().unpack(found, flat);
        double[] vector = flat.data().asDouble();
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            double rest = -pair.value() * vector[i];
            for (int j = 0; j < vector.length; j++) {
                rest += rows[i][j] * vector[j];
            }
            squares += rest * rest;
        }
        assertThat(Math.sqrt(squares)).as("seed %d", seed).isLessThanOrEqualTo(pair.residual());
        assertThat(InnerProducts.norm(found)).as("seed %d", seed).isCloseTo(1, within(1e-5));
    }

    private Path written(INDArray... arrays) throws IOException {
        double[] all = Arrays.stream(arrays)
                .flatMapToDouble(array -> DoubleStream.of(array.dup('c').data().asDouble()))
                .toArray();
        ByteBuffer bytes = ByteBuffer.allocate(all.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(all);
        return Files.write(folder.resolve("network"), bytes.array());
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
