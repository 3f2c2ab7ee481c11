package org.thalweg.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.Effort;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.MemoryPlan;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.surface.Grid;

/**
 * Time and memory of a frame by the number of parameters, as a row of a table: an MLP of two hidden layers on 64 images, the
 * surface on 5 x 5 points and one eigenvalue at each end to 1e-2, for each memory plan that is named. Linux only.
 *
 * <p>Arguments: units of each hidden layer, then names of {@link MemoryPlan}. One network a process: what it takes is read
 * from the kernel's high-water mark.
 */
public final class LargeNetworks {

    static final int PIXELS = 784;
    private static final int CLASSES = 10;
    static final int IMAGES = 64;
    private static final int SIDE = 5;
    private static final double TOLERANCE = 1e-2;

    private LargeNetworks() {}

    public static void main(String[] arguments) throws IOException {
        MultiLayerNetwork network = network(Integer.parseInt(arguments[0]));
        DataSet data = BenchmarkNetwork.MLP.examples(IMAGES);
        Probe probe = Probe.of(data.getFeatures().reshape(IMAGES, PIXELS), data.getLabels());
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            MemoryPlan plan = MemoryPlan.valueOf(name);
            System.gc();
            long before = Pointer.physicalBytes();
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            long begun = System.nanoTime();
            Frame frame = frame(network, probe, plan);
            double seconds = (System.nanoTime() - begun) / 1e9;
            row(network, plan, frame, seconds, highWater() - before);
        }
    }

    private static Frame frame(MultiLayerNetwork network, Probe probe, MemoryPlan plan) {
        AnalysisOptions options = AnalysisOptions.DEFAULT
                .withGrid(Grid.square(SIDE, 1))
                .withCurvature(CurvatureOptions.UNTIMED
                        .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                        .withTolerance(TOLERANCE, ToleranceRule.RELATIVE_TO_EACH));
        try (Objective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            FrameAnalysis analysis = new FrameAnalysis(objective, null, options);
            ParameterSnapshot snapshot = new ParameterSnapshot(0, 0, network.params());
            return analysis.analyze(snapshot, TrainingState.UNKNOWN, Effort.FULL.withMemory(plan), () -> false);
        }
    }

    private static void row(MultiLayerNetwork network, MemoryPlan plan, Frame frame, double seconds, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %.1f | %.1f | %,d MB | %.1f | %d | %s | %s |%n",
                network.numParams(),
                plan,
                seconds,
                frame.seconds().getOrDefault("surface", 0.0),
                bytes / 1_000_000,
                (double) bytes / (network.numParams() * (double) Float.BYTES),
                frame.curvature().products(),
                describe(frame.curvature().largest().stream().findFirst()),
                describe(frame.curvature().smallest().stream().findFirst()));
    }

    private static String describe(Optional<Eigenvalue> pair) {
        return pair.map(found -> String.format(
                        Locale.ROOT,
                        "%.6g +- %.1e%s",
                        found.value(),
                        found.residual(),
                        found.converged() ? "" : " (unconverged)"))
                .orElse("none");
    }

    static long highWater() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(entry -> entry.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }

    static MultiLayerNetwork network(int units) {
        Nd4j.getRandom().setSeed(1);
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .seed(1)
                .updater(new Sgd(0.1))
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(PIXELS).nOut(units).build())
                .layer(new DenseLayer.Builder().nIn(units).nOut(units).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(units)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
