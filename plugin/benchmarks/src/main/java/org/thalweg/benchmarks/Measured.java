package org.thalweg.benchmarks;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.objective.compiled.CompiledObjective;

/** A network, its examples and its compiled objective. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and then calls the setup.
public class Measured {

    @Param({"LENET", "VGG_BN_RELU", "VGG_RELU_BN", "MLP", "LSTM", "MOBILENET"})
    public BenchmarkNetwork subject;

    @Param("512")
    public int examples;

    Model network;
    DataSet data;
    Objective objective;
    INDArray theta;

    @Setup(Level.Trial)
    public void compile() {
        network = subject.network();
        data = subject.examples(examples);
        objective = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT.withBatchSize(examples));
        theta = objective.layout().pack(network.params());
    }

    @TearDown(Level.Trial)
    public void close() {
        objective.close();
    }

    /** Deeplearning4j's own forward pass. */
    double score() {
        return network instanceof MultiLayerNetwork layers
                ? layers.score(data, false)
                : ((ComputationGraph) network).score(data, false);
    }

    /** Deeplearning4j's own gradient. */
    void gradient() {
        if (network instanceof MultiLayerNetwork layers) {
            layers.setInput(data.getFeatures());
            layers.setLabels(data.getLabels());
        } else {
            ComputationGraph graph = (ComputationGraph) network;
            graph.setInput(0, data.getFeatures());
            graph.setLabel(0, data.getLabels());
        }
        network.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    }

    /** A plane of two random directions. */
    Slice plane() {
        return objective.slice(theta, Parameterization.linear(direction(), direction()));
    }

    /** A random vector with a tenth of the norm of the weights. */
    INDArray direction() {
        INDArray direction = Nd4j.randn(theta.dataType(), theta.length());
        double norm = theta.norm2Number().doubleValue();
        return direction.muli(0.1 * norm / direction.norm2Number().doubleValue());
    }

    /** A row of a grid over [-1, 1], with the first coordinate fixed. */
    static double[][] row(double alpha, int points) {
        return IntStream.range(0, points)
                .mapToObj(i -> new double[] {alpha, 2.0 * i / (points - 1) - 1})
                .toArray(double[][]::new);
    }
}
