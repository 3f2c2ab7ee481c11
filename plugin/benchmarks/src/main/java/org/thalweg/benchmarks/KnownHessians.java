package org.thalweg.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;

/** Eigenvalues and traces of the networks that {@code truth.py} writes, whose Hessians it knows. */
public final class KnownHessians {

    private static final int EACH_END = 5;
    private static final KrylovBudget BUDGET = KrylovBudget.DEFAULT.withProducts(50_000);
    private static final long SEED = 5;

    private KnownHessians() {}

    /**
     * Prints a line for each network, matrix and type: {@code truth NAME MATRIX TYPE products seconds residual values... trace
     * standard-error}, with the largest residual, the eigenvalues in descending order (of a
     * Gauss-Newton matrix the largest alone), and the processor time of this thread.
     *
     * @param args folder, then for each network its name, {@code mse} or {@code softmax}, and its sizes, such as {@code
     *     30-20-8}; the folder has {@code NAME.x}, {@code NAME.y} and {@code NAME.theta}, little-endian doubles, the latter in
     *     the order of Deeplearning4j
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (int i = 1; i + 2 < args.length; i += 3) {
            int[] sizes = Stream.of(args[i + 2].split("-"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                try (Objective objective = objective(folder, args[i], args[i + 1].equals("mse"), sizes, type)) {
                    INDArray theta = objective
                            .layout()
                            .pack(read(folder.resolve(args[i] + ".theta")).castTo(type));
                    print(
                            args[i],
                            "hessian",
                            EigenvalueQuery.ofEachEnd(EACH_END),
                            type,
                            () -> objective.hessianAt(theta));
                    print(
                            args[i],
                            "gauss-newton",
                            EigenvalueQuery.of(EACH_END, 0),
                            type,
                            () -> objective.gaussNewtonAt(theta).orElseThrow());
                }
            }
        }
    }

    private interface Opening {
        LinearOperator open();
    }

    /** The second of two runs counts: the first one loads classes. */
    private static void print(String name, String matrix, EigenvalueQuery query, DataType type, Opening opening) {
        line(name, matrix, query, type, opening);
        System.out.println(line(name, matrix, query, type, opening));
    }

    private static String line(String name, String matrix, EigenvalueQuery query, DataType type, Opening opening) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (LinearOperator operator = opening.open();
                LanczosResult found = Lanczos.DEFAULT.run(operator, query, BUDGET)) {
            long eigenvalues = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            List<EigenPair> pairs = Stream.concat(found.largest().stream(), found.smallest().stream())
                    .toList();
            TraceEstimate trace = TraceEstimator.estimate(operator, TraceOptions.DEFAULT.withSeed(SEED));
            String values = pairs.stream()
                    .map(pair -> String.format(Locale.ROOT, "%.17g", pair.value()))
                    .collect(Collectors.joining(" "));
            return String.format(
                    Locale.ROOT,
                    "truth %s %s %s %d %.6f %.3e %s %.17g %.3e",
                    name,
                    matrix,
                    type,
                    found.info().products(),
                    (eigenvalues - start) / 1e9,
                    pairs.stream().mapToDouble(EigenPair::residual).max().orElseThrow(),
                    values,
                    trace.value(),
                    trace.standardError());
        }
    }

    private static Objective objective(Path folder, String name, boolean squared, int[] sizes, DataType type)
            throws IOException {
        int last = sizes.length - 1;
        INDArray x = read(folder.resolve(name + ".x")).castTo(type);
        INDArray y = read(folder.resolve(name + ".y")).castTo(type);
        long examples = x.length() / sizes[0];
        ListBuilder layers = new NeuralNetConfiguration.Builder().dataType(type).list();
        boolean deep = last > 1;
        for (int i = 0; i < last - 1; i++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(sizes[i])
                    .nOut(sizes[i + 1])
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.layer(new OutputLayer.Builder(squared ? LossFunction.MSE : LossFunction.MCXENT)
                                .nIn(sizes[last - 1])
                                .nOut(sizes[last])
                                .hasBias(!deep)
                                .activation(squared ? Activation.IDENTITY : Activation.SOFTMAX)
                                .build())
                        .build());
        network.init();
        Probe probe = Probe.of(new DataSet(x.reshape('c', examples, sizes[0]), y.reshape('c', examples, sizes[last])));
        return CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
    }

    private static INDArray read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return Nd4j.createFromArray(values);
    }
}
