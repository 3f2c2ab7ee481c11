package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;

import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/** What is kept between products within a memory budget, and how it is logged. */
class MemoryBudgetTest {

    private static final int EXAMPLES = 23;

    private final Fresh fresh = Fresh.start();
    private final String seed = "-Dthalweg.seed=" + fresh.seed();
    private final Probe probe = SmallArchitectures.probe(fresh, EXAMPLES);

    @Test
    void productsKeepWhatFitsAndComputeTheRestAgain() {
        MultiLayerNetwork network = SmallArchitectures.vgg(fresh, true);
        Probe many = SmallArchitectures.probe(fresh, 100); // so that memory is mostly theirs
        CompiledObjective roomy = CompiledObjective.of(network, many, ObjectiveOptions.DEFAULT);
        INDArray theta = roomy.layout().pack(network.params());
        INDArray direction = fresh.normal(DataType.DOUBLE, theta.length());
        try (CompiledHessian windows = roomy.hessianAt(theta);
                CompiledHessian activations =
                        withBudget(network, many, windows.bytes() * 9 / 10).hessianAt(theta);
                CompiledHessian nothing =
                        withBudget(network, many, activations.bytes() / 2).hessianAt(theta)) {
            assertThat(windows.keepsWindows()).as(seed).isTrue();
            assertThat(activations.keepsWindows()).as(seed).isFalse();
            assertThat(activations.recomputes()).as(seed).isFalse();
            assertThat(nothing.recomputes()).as(seed).isTrue();
            assertThat(nothing.bytes()).as(seed).isLessThanOrEqualTo(activations.bytes() / 2);
            INDArray product = windows.multiply(direction);
            Contract.assertClose(seed, activations.multiply(direction), product, 1e-12);
            Contract.assertClose(seed, nothing.multiply(direction), product, 1e-12);
        }
    }

    @Test
    void memoryIsStatedAndKeptWithinItsBudget() {
        MultiLayerNetwork network = SmallArchitectures.leNet(fresh);
        CompiledObjective roomy = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = roomy.layout().pack(network.params());
        MemoryUse all = roomy.memoryUse().orElseThrow();
        try (CompiledHessian hessian = roomy.hessianAt(theta)) {
            assertThat(all).isEqualTo(new MemoryUse(1, EXAMPLES, all.valueBytes(), all.bytes(), false));
            // Stated from what one and two examples take, where a buffer may be handed on that is too small for more.
            assertThat(all.bytes()).as(seed).isCloseTo(hessian.bytes(), withinPercentage(2));
            assertThat(all.valueBytes()).as(seed).isPositive().isLessThan(all.bytes());
        }
        double loss = roomy.evaluate(theta).loss();
        for (long divisor : new long[] {2, 4, 8, 16}) {
            long budget = all.bytes() / divisor;
            CompiledObjective tight =
                    CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT.withMemoryBudget(budget));
            MemoryUse use = tight.memoryUse().orElseThrow();
            // One example's buffers are the least there is.
            assertThat(use.batchSize() == 1 || use.bytes() <= budget)
                    .as("%s within %d, %s", use, budget, seed)
                    .isTrue();
            try (CompiledHessian hessian = tight.hessianAt(theta)) {
                assertThat(use.bytes()).as("%s, %s", use, seed).isCloseTo(hessian.bytes(), withinPercentage(10));
            }
            assertThat(use.batches()).as(seed).isEqualTo((EXAMPLES + use.batchSize() - 1) / use.batchSize());
            assertThat(tight.evaluate(theta).loss()).as(seed).isCloseTo(loss, within(1e-12 * loss));
        }
        assertThat(CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT.withMemoryBudget(1))
                        .memoryUse()
                        .orElseThrow()
                        .recomputed())
                .isTrue();
    }

    @Test
    void oneBatchMayKeepWhatManySmallOnesCannot() {
        // Weights of many channels for images of four pixels: what a batch keeps hardly depends on its size.
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3)
                                .stride(6, 6)
                                .nOut(48)
                                .build())
                        .layer(new ConvolutionLayer.Builder(3, 3)
                                .nOut(96)
                                .convolutionMode(Same)
                                .build())
                        .layer(new BatchNormalization()));
        Probe many = SmallArchitectures.probe(fresh, 200);
        long windows = CompiledObjective.of(network, many, ObjectiveOptions.DEFAULT)
                .memoryUse()
                .orElseThrow()
                .bytes();
        for (int percent : new int[] {90, 80, 70}) {
            MemoryUse use = withBudget(network, many, windows * percent / 100)
                    .memoryUse()
                    .orElseThrow();
            assertThat(use.recomputed()).as("%s, %s", use, seed).isFalse();
            assertThat(use.batches()).as("%s, %s", use, seed).isLessThanOrEqualTo(4);
        }
        MemoryUse least = withBudget(network, many, windows / 2).memoryUse().orElseThrow();
        assertThat(least.recomputed()).as("%s, %s", least, seed).isTrue();
    }

    private static CompiledObjective withBudget(MultiLayerNetwork network, Probe examples, long memoryBudget) {
        return CompiledObjective.of(network, examples, ObjectiveOptions.DEFAULT.withMemoryBudget(memoryBudget));
    }
}
