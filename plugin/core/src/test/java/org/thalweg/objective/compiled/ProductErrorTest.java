package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Seeds;

/** Products in single precision are no farther from those in double than {@link LinearOperator#productError} says. */
class ProductErrorTest {

    private static final long SEED = Seeds.fresh("ProductErrorTest");

    private enum Kind {
        DENSE {
            @Override
            MultiLayerNetwork network() {
                return org.thalweg.testing.Networks.mlp(DataType.FLOAT, SEED);
            }

            @Override
            DataSet data() {
                return org.thalweg.testing.Networks.data(64, SEED, 6);
            }
        },
        CONVOLUTION {
            @Override
            MultiLayerNetwork network() {
                return org.thalweg.testing.Networks.cnn(DataType.FLOAT, SEED, false);
            }
        },
        BATCH_NORM {
            @Override
            MultiLayerNetwork network() {
                return org.thalweg.testing.Networks.cnn(DataType.FLOAT, SEED, true);
            }
        };

        abstract MultiLayerNetwork network();

        DataSet data() {
            return org.thalweg.testing.Networks.data(64, SEED, 1, 8, 8);
        }
    }

    static Stream<Arguments> networks() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(ObjectiveMode.values()).map(mode -> Arguments.of(kind, mode)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void floatIsWithinItOfDouble(Kind kind, ObjectiveMode mode) {
        MultiLayerNetwork network = kind.network();
        Random random = new Random(SEED);
        // Biases of zero would have the same bits in both.
        network.params()
                .addi(org.thalweg.testing.Networks.normal(
                                random, network.params().shape())
                        .muli(0.05)
                        .castTo(DataType.FLOAT));
        MultiLayerNetwork wide = network.convertDataType(DataType.DOUBLE);
        Probe probe = Converted.probe(Probe.of(kind.data()), DataType.FLOAT);
        ObjectiveOptions options = ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(32);
        CompiledObjective single = CompiledObjective.of(network, probe, options);
        CompiledObjective twice = CompiledObjective.of(wide, Converted.probe(probe, DataType.DOUBLE), options);
        try (LinearOperator rounded = single.hessianAt(single.layout().pack(network.params()));
                LinearOperator exact = twice.hessianAt(twice.layout().pack(wide.params()))) {
            double norm = norm(exact);
            for (int draw = 0; draw < 5; draw++) {
                INDArray flat = org.thalweg.testing.Networks.normal(
                                random, network.params().shape())
                        .castTo(DataType.FLOAT);
                INDArray product = wide.params().dup();
                single.layout().unpack(rounded.multiply(single.layout().pack(flat)), product);
                INDArray vector = twice.layout().pack(flat.castTo(DataType.DOUBLE));
                double error = twice.layout().pack(product).distance2(exact.multiply(vector));
                double allowed =
                        rounded.productError(norm) * vector.norm2Number().doubleValue();
                assertThat(error).as("of %s", allowed).isPositive().isLessThanOrEqualTo(allowed);
            }
        }
    }

    private static double norm(LinearOperator operator) {
        LanczosResult ends = Lanczos.DEFAULT.run(operator, EigenvalueQuery.of(1, 1));
        return Math.max(
                Math.abs(ends.largest().get(0).value()),
                Math.abs(ends.smallest().get(0).value()));
    }
}
