package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.analysis.ProbeExport;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunRecorder;

/** A run of a network that is trained for it, recorded with its weights. */
final class TrainedRun {

    private TrainedRun() {}

    /** Trains for a number of updates, with a frame after each. */
    static void write(Path directory, String name, MultiLayerNetwork network, DataSet data, int updates)
            throws IOException {
        ParameterLayout layout = NetworkLayout.of(network);
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance(name, network, layout, Probe.of(data)));
            for (int i = 0; i <= updates; i++) {
                recorder.frame(frame(i, ParameterArrays.ofFlat(layout, network.params())));
                network.fit(data);
            }
        }
    }

    private static RunProvenance provenance(
            String name, MultiLayerNetwork network, ParameterLayout layout, Probe probe) {
        return new RunProvenance(
                name,
                Map.of(),
                "CPU",
                "compiled",
                NetworkConfiguration.toJson(network),
                layout.blocks().stream()
                        .map(block -> new Parameter(
                                block.key(),
                                block.kind().name().toLowerCase(Locale.ROOT),
                                block.shape(),
                                block.trainable()))
                        .toList(),
                network.params().dataType().name(),
                Map.of(
                        "mode",
                        "running",
                        "regularized",
                        false,
                        "batchSize",
                        512,
                        "seed",
                        3,
                        "normalization",
                        "filter",
                        "ignoreBiasAndNorm",
                        true,
                        "keepPruned",
                        false),
                ProbeExport.of("", probe, network.params().dataType()),
                probe.source());
    }

    private static Frame frame(long iteration, List<NamedArray> weights) {
        return Frame.builder(iteration, 0)
                .loss(1, OptionalDouble.empty())
                .objective("compiled")
                .surface(new SurfaceValues(
                        new double[] {0},
                        new double[] {0},
                        new boolean[][] {{true}},
                        new double[][] {{1}},
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .curvature(CurvatureValues.absent("exact", "off"))
                .weights(weights)
                .build();
    }
}
