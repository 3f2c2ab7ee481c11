package org.thalweg.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;

/**
 * One eigenvalue at each end of the Hessian of a large MLP to 1e-2, without a basis, and the memory that it takes beside the
 * network; then one product, written for {@code large.py}, which compares it with PyTorch's. Linux only.
 *
 * <p>Arguments: units of each hidden layer, a folder for files of raw floats, and the most products; memory takes few.
 */
public final class LargeEigenvalues {

    private static final int PIECE = 1 << 20;

    private LargeEigenvalues() {}

    public static void main(String[] arguments) throws IOException {
        MultiLayerNetwork network = LargeNetworks.network(Integer.parseInt(arguments[0]));
        DataSet data = BenchmarkNetwork.MLP.examples(LargeNetworks.IMAGES);
        INDArray features = data.getFeatures().reshape(LargeNetworks.IMAGES, LargeNetworks.PIXELS);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        write(folder.resolve("features.f32"), features);
        write(folder.resolve("labels.f32"), data.getLabels());
        write(folder.resolve("parameters.f32"), network.params());
        System.gc();
        long before = Pointer.physicalBytes();
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        long begun = System.nanoTime();
        try (CompiledObjective objective =
                        CompiledObjective.of(network, Probe.of(features, data.getLabels()), ObjectiveOptions.DEFAULT);
                LinearOperator hessian = hessian(objective, network)) {
            LanczosResult result = eigenvalues(hessian, Integer.parseInt(arguments[2]));
            double seconds = (System.nanoTime() - begun) / 1e9;
            long bytes = LargeNetworks.highWater() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%,d parameters: %.0f s, %,d MB, %d products, %s%n",
                    network.numParams(),
                    seconds,
                    bytes / 1_000_000,
                    result.info().products(),
                    result.info().stop());
            Stream.of(result.largest(), result.smallest()).flatMap(List::stream).forEach(LargeEigenvalues::print);
            product(objective, hessian, network, folder);
        }
    }

    private static LinearOperator hessian(CompiledObjective objective, MultiLayerNetwork network) {
        try (INDArray theta = objective.layout().pack(network.params())) {
            return objective.hessianAt(theta);
        }
    }

    private static LanczosResult eigenvalues(LinearOperator hessian, int products) {
        return Lanczos.DEFAULT
                .withBasisSize(Lanczos.RECURRENCE)
                .withTolerance(1e-2, ToleranceRule.RELATIVE_TO_EACH)
                .run(
                        hessian,
                        EigenvalueQuery.ofEachEnd(1),
                        KrylovBudget.DEFAULT.withProducts(products).withTime(Duration.ofHours(1)));
    }

    private static void print(EigenPair pair) {
        System.out.printf(
                Locale.ROOT,
                "%.6g +- %.1e%s%n",
                pair.value(),
                pair.residual(),
                pair.converged() ? "" : " (unconverged)");
    }

    private static void product(
            CompiledObjective objective, LinearOperator hessian, MultiLayerNetwork network, Path folder)
            throws IOException {
        Nd4j.getRandom().setSeed(2);
        try (INDArray flat = Nd4j.randn(network.params().dataType(), 1, network.numParams())) {
            write(folder.resolve("direction.f32"), flat);
            try (INDArray direction = objective.layout().pack(flat);
                    INDArray product = hessian.multiply(direction)) {
                objective.layout().unpack(product, flat);
            }
            write(folder.resolve("product.f32"), flat);
        }
    }

    /** An array's elements in row-major order, little-endian. */
    private static void write(Path file, INDArray array) throws IOException {
        INDArray flat = array.reshape(array.length());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long from = 0; from < flat.length(); from += PIECE) {
                long to = Math.min(flat.length(), from + PIECE);
                float[] piece =
                        flat.get(NDArrayIndex.interval(from, to)).dup().data().asFloat();
                ByteBuffer bytes =
                        ByteBuffer.allocate(Float.BYTES * piece.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(piece);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }
}
