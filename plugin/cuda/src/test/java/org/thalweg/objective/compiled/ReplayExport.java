package org.thalweg.objective.compiled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.cuda.Recording;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Device;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.testing.Networks;

/** Records networks for replay: a loss, points of a plane, a gradient and a product of each, in both precisions. */
final class ReplayExport {

    private ReplayExport() {}

    /**
     * Writes the recordings.
     *
     * @param arguments folder, examples of a probe, and the seed of networks and data
     * @throws IOException if the folder cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        export(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        System.exit(0);
    }

    /** Writes the recordings. */
    static void export(Path folder, int examples, long seed) throws IOException {
        Files.createDirectories(folder);
        Fresh fresh = Fresh.of(seed);
        Probe images = SmallArchitectures.probe(fresh, examples);
        Probe sequences = Probe.of(Networks.sequences(examples, 6, seed));
        Map<String, MultiLayerNetwork> networks = Map.of(
                "lenet", SmallArchitectures.leNet(fresh),
                "vgg", SmallArchitectures.vgg(fresh, true),
                "lstm", Networks.lstm(DataType.DOUBLE, seed));
        networks.forEach((name, network) -> {
            Probe probe = name.equals("lstm") ? sequences : images;
            for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                Path file = folder.resolve(name + "-" + type.name().toLowerCase(Locale.ROOT) + ".replay");
                Recording.to(file, () -> look(network.convertDataType(type), Converted.probe(probe, type)));
            }
        });
    }

    private static void look(Model network, Probe probe) {
        try (CompiledObjective objective =
                CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.of("record"))) {
            INDArray theta = objective.layout().pack(network.params());
            objective.evaluate(theta);
            INDArray gradient = objective.gradient(theta);
            try (LinearOperator hessian = objective.hessianAt(theta);
                    Slice slice = objective.slice(theta, Parameterization.linear(gradient))) {
                hessian.multiply(gradient.div(Contract.norm(gradient)));
                slice.evaluate(new double[][] {{0}, {0.1}});
            }
        }
    }
}
